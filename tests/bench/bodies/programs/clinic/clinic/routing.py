# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes and the middleware around them, in the manner of small web frameworks."""

import contextlib
import functools
import logging
import time

from clinic import trail

log = logging.getLogger("clinic.web")


def timed(handler):
    @functools.wraps(handler)
    def wrapper(self, request):
        began = time.monotonic()
        try:
            return handler(self, request)
        finally:
            log.info("%s took %d ms", request.path, 1 + (time.monotonic() - began) * 1000)

    return wrapper


@contextlib.contextmanager
def tenant(request):
    request.tenant = f"practice-{request.number % 17}"
    yield request.tenant


class Request:
    def __init__(self, environ):
        self.environ = environ
        self.path = environ["PATH_INFO"]
        self.number = environ["clinic.number"]
        self.tenant = None

    def __repr__(self):
        return f"<Request {self.path}>"


class Router:
    def __init__(self):
        self.routes = {}

    def include(self, prefix, faults):
        for name, handler in faults:
            self.routes[f"/{prefix}/{name.split('-')[0]}/{len(self.routes)}"] = (name, handler)

    @timed
    def handle(self, request):
        handler = self.routes[request.path][1]
        with tenant(request):
            return handler(request.number)

    def __call__(self, environ, start_response):
        request = Request(environ)
        trail.leave(request.number, request.path)
        answer = self.handle(request) if request.number % 2 else self.direct(request)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [str(answer).encode()]

    def direct(self, request):
        return self.routes[request.path][1](request.number)
