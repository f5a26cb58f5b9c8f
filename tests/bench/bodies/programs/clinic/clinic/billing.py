# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Billing: sums, exchange, invoices, insurance."""

import csv
import decimal
import fractions
import io
import json
import sqlite3
import urllib.request


class BillingError(Exception):
    """What the desk is shown."""


class InsuranceError(BillingError):
    def __init__(self, message, code):
        super().__init__(message, code)
        self.code = code


def database():
    db = sqlite3.connect(":memory:")
    db.executescript("CREATE TABLE invoices (id INTEGER PRIMARY KEY, number TEXT UNIQUE, cents INTEGER CHECK (cents > 0));")
    return db


def write_invoice(db, number, cents):
    with db:
        db.execute("INSERT INTO invoices (number, cents) VALUES (?, ?)", (f"F-{77000 + number}", cents))


def invoice_twice(number):
    db = database()
    for cents in (4990, 5990):
        write_invoice(db, number, cents)


def invoice_nothing(number):
    db = database()
    try:
        write_invoice(db, number, -12 * number)
    except sqlite3.IntegrityError as error:
        raise BillingError(f"invoice F-{77000 + number} has no amount") from error


def report(number):
    db = database()
    columns = ", ".join(("id", "number", "total"))
    return db.execute(f"SELECT {columns} FROM invoices WHERE id > ?", (number,)).fetchall()


def quantised(text):
    return decimal.Decimal(text).quantize(decimal.Decimal("0.01"))


def total(number):
    rows = ["12.50", "7.25", f"{number},40"]
    return sum(quantised(row) for row in rows)


def share(number):
    parts = fractions.Fraction(1, number - number)
    return 4990 * parts


def ask_insurance(number):
    return urllib.request.urlopen(f"http://127.0.0.1:9/v1/cover/{881000 + number}", timeout=1)


def cover(number):
    try:
        return ask_insurance(number)
    except OSError as error:
        raise InsuranceError(f"no answer for patient {881000 + number}", 504) from error


def cover_or_cash(number):
    try:
        return cover(number)
    except InsuranceError:
        cash = {"desk": None}
        return cash["desk"].open_drawer(number)


def read_statement(number):
    text = f"date;cents\n2026-11-02;4990\n2026-11-03;{number}x\n"
    return [int(row["cents"]) for row in csv.DictReader(io.StringIO(text), delimiter=";")]


def decode_answer(number):
    return json.loads(f'{{"covered": true, "limit": {number}, "notes": [1, 2,]}}')


def encode_answer(number):
    return json.dumps({"patient": number, "covered": {"x-ray", "blood"}, "limit": decimal.Decimal("120.50")})


def sign(number):
    amount = -(1 << 70) - number
    return amount.to_bytes(8, "big", signed=True)


FAULTS = [
    ("invoice-unique", invoice_twice),
    ("invoice-check-cause", invoice_nothing),
    ("report-no-column", report),
    ("total-invalid-decimal", total),
    ("share-zero-division", share),
    ("cover-refused-cause", cover),
    ("cash-none-during", cover_or_cash),
    ("statement-not-a-number", read_statement),
    ("answer-not-json", decode_answer),
    ("answer-not-encodable", encode_answer),
    ("sign-overflow", sign),
]
