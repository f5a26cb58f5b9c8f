# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs in threads of their own, and what is told rather than raised."""

import logging
import queue
import warnings

import sentry_sdk

from clinic import trail

log = logging.getLogger("clinic.jobs")


def reminders(number):
    trail.leave(number, "jobs.reminders", least=15)
    pending = queue.Queue()
    pending.get(timeout=0.01)


def rejected_rows(number):
    trail.leave(number, "jobs.import", least=15)
    log.error("Import of %s rejected %d rows of %d", f"patients-{number}.csv", 17 + number, 4100 + number)


def failed_job(number):
    trail.leave(number, "jobs.export", least=15)
    try:
        {"row": None}["row"]["patient"]
    except TypeError:
        log.exception("Export %d failed", 5100 + number, extra={"batch": f"b-{number}", "rows": list(range(number, number + 30))})


def queue_grows(number):
    trail.leave(number, "jobs.mail", least=15)
    with sentry_sdk.push_scope() as scope:
        scope.set_extra("waiting", 4100 + number)
        scope.set_extra("oldest", ["2026-11-20T21:02:11Z"] * 3)
        sentry_sdk.capture_message("Mail queue grows faster than it drains", level="warning")


def key_rotated(number):
    trail.leave(number, "jobs.keys", least=15)
    with sentry_sdk.push_scope() as scope:
        scope.fingerprint = ["key-rotation", "practice"]
        scope.set_extra("keys", {f"k{i}": trail.token(number, i, 40) for i in range(18)})
        sentry_sdk.capture_message(f"Signing key {number} was rotated", level="info")


def swallowed(number):
    trail.leave(number, "jobs.cleanup", least=15)
    with sentry_sdk.push_scope() as scope:
        scope.level = "fatal"
        scope.fingerprint = ["{{ default }}", "cleanup"]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                warnings.warn(f"practice {number % 17} has no retention", ResourceWarning)
        except ResourceWarning as warning:
            sentry_sdk.capture_exception(warning)


FAULTS = [
    ("reminders-queue-empty", reminders),
    ("import-rejected-rows", rejected_rows),
    ("export-logged", failed_job),
    ("mail-queue-grows", queue_grows),
    ("key-rotated", key_rotated),
    ("cleanup-warning", swallowed),
]
