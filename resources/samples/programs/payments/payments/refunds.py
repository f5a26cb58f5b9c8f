# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Giving money back."""

import sys

CARDS = {"card_1": {"brand": "visa"}, "card_2": {"brand": "jcb"}}


class Payment:
    def __init__(self, number, card):
        self.number = number
        self.card = card

    def describe(self):
        return f"{self.number} to the card ending in {self.card.last4}"


def find_payment(order):
    return Payment(order, CARDS.get(f"card_{order[-1]}9"))


def refund(variant, order):
    payment = find_payment(order)
    text = payment.describe()
    return {"refunded": text}


def rule(name, rules, seen):
    """Rules may name another rule to fall back to; two of them name each other."""
    fallback = rules[name]
    if fallback == "keep":
        return seen
    return rule(fallback, rules, seen + 1)


def apply_rules(variant, order):
    rules = {"late": "damaged", "damaged": "late", "default": "keep"}
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(38 + 2 * variant)
    try:
        return rule("late", rules, 0)
    finally:
        sys.setrecursionlimit(limit)
