# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The payment API of the sample shop. Each request below breaks for real; what it is called is printed for record.py.

`main.py [traces]`: with `traces` it is the transactions that are sent and named, after what they are, and not the events.
"""

import logging
import os
import re
import sys
import threading
import time
import urllib.parse
import wsgiref.util

import sentry_sdk
from sentry_sdk.integrations.logging import LoggingIntegration, ignore_logger
from sentry_sdk.integrations.modules import ModulesIntegration
from sentry_sdk.integrations.wsgi import SentryWsgiMiddleware
from sentry_sdk.scope import add_global_event_processor

from payments import web, worker

RELEASES = ("payments@2.8.0", "payments@2.9.1")
USERS = (
    {"id": "4101", "username": "blue-otter", "email": "blue-otter@example.org"},
    {"id": "4102", "username": "kestrel42", "email": "kestrel42@example.org"},
    {"id": "4107", "username": "quiet-lynx", "email": "quiet-lynx@example.net"},
    {"id": "4113", "username": "paper.kite", "email": "paper.kite@example.com"},
)
TRACES = sys.argv[1:] == ["traces"]
current = {"issue": "", "named": None}


def name_transaction(event, hint):
    if event.get("type") == "transaction":
        print(event["event_id"], "-".join(re.findall("[a-z0-9]+", event["transaction"].lower())), flush=True)
    return event


def before_send(event, hint):
    if TRACES:
        return None
    if current["issue"]:
        print(event["event_id"], current["issue"], flush=True)
    return event


def start(release, environment):
    sentry_sdk.init(
        os.environ["SENTRY_DSN"],
        release=release,
        environment=environment,
        server_name="payments-1",
        send_default_pii=True,
        with_locals=True,
        before_send=before_send,
        default_integrations=True,
        integrations=[LoggingIntegration(level=logging.INFO, event_level=logging.ERROR)],
        request_bodies="always",
        max_breadcrumbs=30,
        traces_sample_rate=1.0 if TRACES else None,
    )


def application(environ, start_response):
    if TRACES:
        time.sleep(0.05)  # long enough that the parts of the answer's time are told to the millisecond
    return web.application(environ, start_response)


def call(path, variant, method="POST", query="", **headers):
    """One request through the WSGI middleware, as the web server would make it."""
    user = USERS[variant % len(USERS)]
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "pay.example.org",
        "HTTP_HOST": "pay.example.org",
        "HTTP_USER_AGENT": "shop-api/3.4 (+https://shop.example.org)",
        "HTTP_X_REQUEST_ID": f"7f3c9a{variant}e",
        "REMOTE_ADDR": f"192.0.2.{10 + variant}",
        "wsgi.url_scheme": "https",
        "payments.user": user,
        "payments.variant": variant,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    wsgiref.util.setup_testing_defaults(environ)
    environ["SERVER_PORT"] = "443"
    try:
        return list(SentryWsgiMiddleware(application)(environ, lambda status, headers, exc_info=None: None))
    except Exception:  # the middleware has reported it; a web server would answer 500 here
        return []


def in_thread(job, variant):
    thread = threading.Thread(target=job, args=(variant,), name=f"settlement-{variant}")
    thread.start()
    thread.join()


def main():
    logging.getLogger().setLevel(logging.INFO)
    threading.excepthook = lambda args: None
    add_global_event_processor(name_transaction)
    ignore_logger("payments.quiet")
    paths = list(web.ROUTES)
    for variant in range(1) if TRACES else range(3):
        start(RELEASES[variant % 2], "staging" if variant == 2 else "production")
        for path in paths:
            current["issue"] = web.ROUTES[path][0]
            query = urllib.parse.urlencode({"order": f"o-{8120 + variant}", "retry": variant})
            call(path, variant, "GET" if "report" in path else "POST", query)
        for issue, job in ({} if TRACES else worker.JOBS).items():
            current["issue"] = issue
            in_thread(job, variant)
        sentry_sdk.flush(timeout=20)
        current["issue"] = ""


sys.exit(main())
