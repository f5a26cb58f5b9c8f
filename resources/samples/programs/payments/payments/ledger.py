# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Booking what was paid."""

import pathlib
import sqlite3


class LedgerImbalance(Exception):
    """Debit and credit of a day differ."""


def open_books():
    books = sqlite3.connect(":memory:")
    books.execute("CREATE TABLE charges (id INTEGER PRIMARY KEY, idempotency_key TEXT UNIQUE, amount INTEGER NOT NULL)")
    return books


def book(books, key, amount):
    with books:
        books.execute("INSERT INTO charges (idempotency_key, amount) VALUES (?, ?)", (key, amount))


def book_twice(variant, order):
    books = open_books()
    key = f"{order}:charge"
    for amount in (4990, 4990):
        book(books, key, amount)


def totals(entries):
    debit = sum(entry["amount"] for entry in entries if entry["side"] == "debit")
    credit = sum(entry["amount"] for entry in entries if entry["side"] == "credit")
    return debit, credit


def close_day(variant, order):
    entries = [
        {"account": "1200 bank", "side": "debit", "amount": 4990 + variant},
        {"account": "4400 sales", "side": "credit", "amount": 4193},
        {"account": "3806 tax", "side": "credit", "amount": 797},
        {"account": "6300 fees", "side": "debit", "amount": 74},
    ]
    debit, credit = totals(entries)
    if debit != credit:
        raise LedgerImbalance(f"day 2026-03-0{variant + 1} is off by {debit - credit} cents")
    return entries


RATES = {("EUR", "USD"): 1.0841, ("EUR", "JPY"): 163.2}


def convert(variant, order):
    pair = (("EUR", "SEK"), ("JPY", "EUR"), ("USD", "CHF"))[variant]
    rate = RATES.get(pair)
    return {"order": order, "pair": "/".join(pair), "amount": 4990 * rate}


def sign_report(variant, order):
    report = [("settlement", order), ("period", f"2026-W1{variant}")]
    return sign(report, pathlib.Path("/srv/payments/keys/settlement.pem"))


def sign(report, key_file):
    key = key_file.read_bytes()
    return hash((tuple(report), key))
