# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clinic's appointment service on sentry-sdk. Each fault below breaks for real; what it is called is printed for
record.py."""

import logging
import os
import sys
import threading
import wsgiref.util

import sentry_sdk
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.integrations.wsgi import SentryWsgiMiddleware

from clinic import appointments, billing, laboratory, records, rota, trail, worker
from clinic.routing import Router

current = {"fault": ""}


def before_send(event, hint):
    if current["fault"]:
        print(event["event_id"], current["fault"], flush=True)
    return event


def start():
    sentry_sdk.init(
        os.environ["SENTRY_DSN"],
        release="clinic@2.31.8",
        environment="production",
        server_name="clinic-04",
        send_default_pii=True,
        with_locals=True,
        before_send=before_send,
        integrations=[LoggingIntegration(level=logging.INFO, event_level=logging.ERROR)],
        request_bodies="always",
        max_breadcrumbs=60,
    )


def call(application, number, name):
    """One request through the WSGI middleware, as the web server would make it."""
    environ = trail.environ(number, name)
    wsgiref.util.setup_testing_defaults(environ)
    environ["SERVER_PORT"] = "443"
    try:
        list(SentryWsgiMiddleware(application)(environ, lambda status, headers, exc_info=None: None))
    except Exception:  # the middleware has reported it; a web server would answer 500 here
        pass


def main():
    logging.getLogger().setLevel(logging.INFO)
    threading.excepthook = lambda args: None
    start()
    router = Router()
    for module in (appointments, billing, laboratory, records, rota):
        router.include(module.__name__.rsplit(".", 1)[-1], module.FAULTS)
    number = 0
    for path, (name, _) in router.routes.items():
        current["fault"] = name
        with sentry_sdk.Hub(sentry_sdk.Hub.main):
            call(router, number, path)
        number += 1
    for name, job in worker.FAULTS:
        current["fault"] = name
        thread = threading.Thread(target=job, args=(number,), name=f"job-{number}")
        thread.start()
        thread.join()
        number += 1
    sentry_sdk.flush(timeout=20)
    current["fault"] = ""


sys.exit(main())
