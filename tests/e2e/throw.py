# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small service on sentry_sdk that breaks for real.

  throw.py DSN payment COUNT            KeyError in a payment, COUNT times, now
  throw.py DSN history HOURS PER_HOUR   the stock job's failure, PER_HOUR times in each of the HOURS hours before this one
  throw.py DSN stock COUNT              the same failure COUNT times, now
"""

import datetime
import sys

import sentry_sdk

past = None  # when the failure is said to have happened; None: now


def before_send(event, hint):
    if past is not None:
        event["timestamp"] = past.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        event.get("breadcrumbs", {}).get("values", []).clear()
    return event


def charge(order):
    card = order["card"]
    return card["number"][-4:], order["user"]


def reserve(item, wanted):
    in_stock = {"lamp": 3}
    if wanted > in_stock[item]:
        raise ValueError(f"only {in_stock[item]} of {item} left")


def fail(job, index):
    with sentry_sdk.push_scope() as scope:
        scope.set_user({"id": str(index % 7), "email": f"buyer{index % 7}@example.org"})
        scope.set_tag("job", job)
        sentry_sdk.add_breadcrumb(category="query", message="SELECT * FROM orders WHERE id = %s", level="info")
        try:
            if job == "payment":
                charge({"id": index, "card": {"number": "4242424242424242"}})
            else:
                reserve("lamp", 5)
        except (KeyError, ValueError) as error:
            sentry_sdk.capture_exception(error)


def main():
    global past
    dsn, job, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
    sentry_sdk.init(
        dsn,
        release="api@2.0.0",
        environment="production",
        server_name="api-1",
        before_send=before_send,
        send_default_pii=True,
    )
    if job == "history":
        hour = datetime.datetime.utcnow().replace(minute=30, second=0, microsecond=0)
        for back in range(number, 0, -1):
            for index in range(int(sys.argv[4])):
                past = hour - datetime.timedelta(hours=back, minutes=-index)
                fail("stock", index)
            sentry_sdk.flush(timeout=20)
    else:
        for index in range(number):
            fail(job, index)
            if index % 50 == 49:
                sentry_sdk.flush(timeout=20)  # the SDK's queue holds 100 and drops the rest
    sentry_sdk.flush(timeout=20)


main()
