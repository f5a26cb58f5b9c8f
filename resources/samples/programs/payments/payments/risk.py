# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scoring how likely a charge is fraud."""


class Profile:
    def __init__(self, user, chargebacks, orders):
        self.user = user
        self.chargebacks = chargebacks
        self.orders = orders

    def __repr__(self):
        return f"<Profile user={self.user} orders={self.orders}>"

    def chargeback_ratio(self):
        return self.chargebacks / self.orders


def weigh(profile, weights):
    features = {
        "night": 0.3,
        "new_device": 1.0,
        "chargebacks": profile.chargeback_ratio(),
    }
    return sum(weights[name] * value for name, value in features.items())


def score(variant, order):
    weights = {"night": 0.8, "new_device": 1.4, "chargebacks": 5.5}
    profile = Profile(user=4101 + variant, chargebacks=0, orders=0)
    return weigh(profile, weights)


def window(events, seconds, now):
    return [event for event in events if now - event["at"] <= seconds]


def velocity(variant, order):
    events = [{"at": 100, "amount": 10}, {"at": 160 + variant, "amount": 990}]
    recent = window(events, seconds=300, now=4000)
    fastest = sorted(recent, key=lambda event: event["amount"])[-1]
    return fastest["amount"]
