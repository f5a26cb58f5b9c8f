# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Appointments: slots, reminders, waiting lists."""

import collections
import dataclasses
import datetime
import functools
import zoneinfo


@dataclasses.dataclass(frozen=True)
class Slot:
    start: datetime.datetime
    minutes: int
    room: str = "R101"

    def end(self):
        return self.start + datetime.timedelta(minutes=self.minutes)


class SlotTaken(Exception):
    def __init__(self, slot, holder):
        super().__init__(f"{slot.room} is taken at {slot.start:%H:%M} by patient {holder}")
        self.slot, self.holder = slot, holder


def slots_of(number):
    day = datetime.datetime(2026, 11, 1 + number % 27, 9, tzinfo=datetime.timezone.utc)
    return [Slot(day + datetime.timedelta(minutes=15 * i), 15) for i in range(6)]


def overlap(first, second):
    return first.start < second.end() and second.start < first.end()


def book(number):
    slots = slots_of(number)
    naive = Slot(datetime.datetime(2026, 11, 3, 9, 15), 30)
    return [slot for slot in slots if overlap(slot, naive)]


def take(calendar, slot, patient):
    if holder := calendar.get(slot):
        raise SlotTaken(slot, holder)
    calendar[slot] = patient


def book_twice(number):
    calendar = {}
    slot = slots_of(number)[2]
    for patient in (881000 + number, 882000 + number):
        take(calendar, slot, patient)


def move(number):
    slot = slots_of(number)[0]
    slot.room = f"R{200 + number}"  # slots are frozen
    return slot


def local_time(number):
    slot = slots_of(number)[1]
    return slot.start.astimezone(zoneinfo.ZoneInfo(("Europe/Lisbao", "Asia/Oosaka")[number % 2]))


def parse_day(text):
    return datetime.datetime.strptime(text, "%Y-%m-%d").date()


def agenda(number):
    days = [f"2026-11-{day:02}" for day in (28, 29, 30, 31 + number % 3)]
    return [parse_day(day) for day in days]


def waiting_list(number):
    waiting = collections.deque(maxlen=4)
    waiting.extend(range(number % 3))
    while True:
        waiting.popleft()


def chain(*steps):
    return lambda value: functools.reduce(lambda acc, step: step(acc), steps, value)


def reminder(number):
    find = chain(lambda n: {"patient": {"contact": None, "number": n}}, lambda d: d["patient"], lambda p: p["contact"]["phone"])
    return find(number)


def first_free(number):
    return next(slot for slot in slots_of(number) if slot.minutes > 60)


def compare(number):
    return sorted([slots_of(number)[0], slots_of(number)[1], "tomorrow"], key=lambda slot: slot)


FAULTS = [
    ("book-naive-datetime", book),
    ("slot-taken", book_twice),
    ("move-frozen-slot", move),
    ("zone-unknown", local_time),
    ("agenda-day-invalid", agenda),
    ("waiting-list-empty", waiting_list),
    ("reminder-contact-none", reminder),
    ("first-free-stop", first_free),
    ("compare-mixed", compare),
]
