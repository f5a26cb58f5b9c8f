# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Charging cards."""

import decimal
import socket

import sentry_sdk


class GatewayTimeout(Exception):
    """The card network did not answer in time."""


class Declined(Exception):
    """A provider refused a charge."""


class Network:
    def __init__(self, host, timeout):
        self.host = host
        self.timeout = timeout

    def authorise(self, amount, currency):
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        with socket.create_connection(listener.getsockname(), timeout=self.timeout) as line:
            line.sendall(f"AUTH {amount} {currency}".encode())
            return read_answer(line)


def read_answer(line):
    header = line.recv(4)  # the peer accepts and stays silent
    return line.recv(int.from_bytes(header, "big"))


def charge(variant, order):
    amount = (4990, 129800, 1250)[variant]
    currency = ("EUR", "JPY", "USD")[variant]
    network = Network("auth.northbank.example", timeout=0.05)
    attempts = 0
    while True:
        attempts += 1
        try:
            return network.authorise(amount, currency)
        except socket.timeout as error:
            sentry_sdk.add_breadcrumb(category="retry", message=f"attempt {attempts} timed out", level="warning")
            if attempts == 3:
                raise GatewayTimeout(f"{network.host} did not answer order {order} within 3 attempts") from error


def parse_amount(text, places=2):
    quantum = decimal.Decimal(1).scaleb(-places)
    return decimal.Decimal(text).quantize(quantum)


def preview(variant, order):
    lines = [{"sku": "lamp-40", "price": "49.90"}, {"sku": "shade-s", "price": ("12,50", "free", "1 290")[variant]}]
    total = decimal.Decimal(0)
    for line in lines:
        total += parse_amount(line["price"])
    return total


def check_address(variant, order):
    customer = {"id": 4101 + variant, "name": "-", "addresses": {"shipping": {"city": "Lisboa", "zip": "1100-148"}}}
    return normalise_address(customer["addresses"])


def normalise_address(addresses):
    billing = addresses["billing"]
    return {key: value.strip().upper() for key, value in billing.items()}


def luhn(digits):
    return sum(int(digit) * (1 + index % 2) for index, digit in enumerate(digits)) % 10 == 0


def validate(variant, order):
    entered = ("٤٢٤٢ ٤٢٤٢", "٥٥٥٥ ٥٥٥٥", "٣٧٨٢ ٨٢٢٤")[variant]
    normalised = "".join(str(int(letter)) for letter in entered if letter.isdigit())
    if not luhn(normalised) or len(normalised) < 12:
        raise ValueError(f"رقم البطاقة غير صالح: {entered}")
    return normalised


def select_provider(variant, order):
    provider = ("northbank", "cardpool", "northbank")[variant]
    with sentry_sdk.push_scope() as scope:
        # All refusals of all providers are one question: is our merchant account in order?
        scope.fingerprint = ["provider-declined"]
        scope.set_tag("provider", provider)
        scope.set_extra("decline", {"code": ("51", "05", "57")[variant], "soft": variant != 1})
        scope.level = "warning"
        try:
            raise Declined(f"{provider} declined {order}: code {('51', '05', '57')[variant]}")
        except Declined as error:
            sentry_sdk.capture_exception(error)
    return "declined"
