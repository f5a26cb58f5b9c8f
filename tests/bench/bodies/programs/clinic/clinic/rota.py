# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rota: who works when. Deep, because plans are searched by backtracking."""

import itertools


class NoRota(Exception):
    pass


def allowed(plan, nurse):
    return len(plan) < 1 or plan[-1] != nurse


def search(plan, nurses, days, limit):
    if len(plan) == days:
        return plan
    if len(plan) >= limit:
        raise NoRota(f"no rota of {days} days for {len(nurses)} nurses, stuck at day {len(plan)}")
    for nurse in nurses:
        if allowed(plan, nurse):
            return search([*plan, nurse], nurses, days, limit)
    return None


def plan(number):
    return search([], ["ana", "bea", "cid"], 30, 8 + number % 5)


def swap(pairs):
    for first, second in pairs:
        yield second, first


def swaps(number):
    return list(swap([(1, 2), (3, 4, number)]))


def hours(shift):
    return shift["to"] - shift["from"]


def weekly(number):
    shifts = [{"from": 8, "to": 16}, {"from": 22, "to": "6"}, {"from": number, "to": 2}]
    return sum(map(hours, shifts))


def publish(number):
    weeks = itertools.cycle(range(number, number + 2))
    assert all(week < number + 1 for _, week in zip(range(4), weeks)), f"week {number} is published already"


def cancel(number):
    shifts = {day: "ana" for day in range(5)}
    for day in shifts:
        del shifts[day]


FAULTS = [
    ("rota-no-solution", plan),
    ("swap-too-many", swaps),
    ("weekly-type", weekly),
    ("publish-assertion", publish),
    ("cancel-changed-size", cancel),
]
