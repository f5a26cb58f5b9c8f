# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The background jobs of the payment API. They run in threads of their own; nobody catches what they raise."""

import logging
import urllib.request

import sentry_sdk

log = logging.getLogger("payments.settlement")


class VaultUnreachable(Exception):
    """No keys, no payments."""


def tag(variant, job):
    with sentry_sdk.configure_scope() as scope:
        scope.clear()
        scope.set_tag("job", job)
        scope.set_tag("queue", ("default", "nightly", "default")[variant])
        scope.transaction = f"worker.{job}"
    sentry_sdk.add_breadcrumb(category="worker", message=f"{job} starts, batch {70 + variant}", level="info")


def settlement_rows(variant):
    tag(variant, "settle")
    rejected = (3, 17, 2)[variant]
    log.info("reading settlement-%02d.csv", variant)
    log.error("Settlement file %s has %d rejected rows", f"settlement-{variant:02}.csv", rejected)


def retries_pile_up(variant):
    tag(variant, "retry")
    with sentry_sdk.push_scope() as scope:
        scope.set_extra("waiting", 120 + variant)
        sentry_sdk.capture_message("Charge retries pile up in the queue", level="warning")


def currency_feed(variant):
    tag(variant, "rates")
    with sentry_sdk.push_scope() as scope:
        scope.set_extra("source", "rates.example.org")
        sentry_sdk.capture_message("Currency feed switched to the fallback source", level="info")


def unlock_vault(variant):
    tag(variant, "unlock")
    try:
        urllib.request.urlopen("http://127.0.0.1:9/v1/keys", timeout=1)
    except OSError as error:
        with sentry_sdk.push_scope() as scope:
            scope.level = "fatal"
            try:
                raise VaultUnreachable("the key vault cannot be reached; payments stop") from error
            except VaultUnreachable as failure:
                sentry_sdk.capture_exception(failure)


def pay_out(variant):
    tag(variant, "payout")
    merchants = [{"id": "m-1", "iban": "DE00 0000"}, {"id": "m-2", "iban": ["FR00", "0000"]}]
    for merchant in merchants:
        transfer(merchant, amount=990 + variant)


def transfer(merchant, amount):
    account = merchant["iban"].replace(" ", "")
    return account, amount


def archive(variant):
    tag(variant, "archive")
    batches = {"2026-03": range(3)}
    month = ("2026-04", "2026-05", "2026-04")[variant]
    try:
        keep = batches[month]
    except KeyError:
        keep = oldest(batches, month)
    return keep


def oldest(batches, month):
    known = sorted(batches)
    return known.index(month)


JOBS = {
    "settlement-rows-rejected": settlement_rows,
    "charge-retries": retries_pile_up,
    "currency-fallback": currency_feed,
    "vault-unreachable": unlock_vault,
    "payout-iban-list": pay_out,
    "archive-month-unknown": archive,
}
