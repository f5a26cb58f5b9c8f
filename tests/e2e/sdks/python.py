# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""python.py DSN: an error that is raised, with an attachment, and a message, through sentry_sdk."""

import json
import sys

import sentry_sdk


def shelve(book):
    return book["shelf"] + 1


sentry_sdk.init(sys.argv[1], release="desk@1.2.0", environment="staging", server_name="desk-1", traces_sample_rate=1.0)
sentry_sdk.set_user({"id": "41", "email": "reader@example.org"})
sentry_sdk.set_tag("branch", "north")
sentry_sdk.add_breadcrumb(category="desk", message="book 812 scanned", level="info")
with sentry_sdk.push_scope() as scope:
    scope.add_attachment(bytes=b"1 2 3\n" * 400, filename="shelf list.txt", content_type="text/plain")
    try:
        shelve({"title": "On shelves"})
    except KeyError as error:
        event = sentry_sdk.capture_exception(error)
sentry_sdk.capture_message("the desk closed 12 minutes late", "warning")
with sentry_sdk.start_transaction(name="GET /shelves", op="http.server"):
    pass
sentry_sdk.flush(timeout=20)
print(json.dumps({"event": event}))
