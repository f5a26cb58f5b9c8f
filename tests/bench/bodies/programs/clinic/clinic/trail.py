# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who asks, and what a request leaves behind before it breaks."""

import hashlib
import logging

import sentry_sdk

log = logging.getLogger("clinic.audit")
PEOPLE = ("blue.otter", "quiet-lynx", "tall_fern", "paper.kite", "north-star", "low.tide", "amber_moth")
AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/604.1",
    "clinic-desk/4.2 (+https://desk.example.org)",
    "python-requests/2.31.0",
)
TABLES = ("appointments", "patients", "invoices", "specimens", "rooms", "shifts")
LENGTHS = (2, 5, 8, 12, 17, 24, 33, 48)


def drawn(number, salt=""):
    """Numbers that look drawn, and are the same in each recording."""
    return int(hashlib.sha1(f"{number}/{salt}".encode()).hexdigest()[:8], 16)


def token(number, salt, length):
    return hashlib.sha256(f"{salt}:{number}".encode()).hexdigest()[:length]


def person(number):
    name = PEOPLE[number * 3 % len(PEOPLE)]
    key = str(100000 + drawn(number, "user") % 50000)
    return {"id": key, "username": f"{name}-{key}", "email": f"{name}.{key}@example.org"}


def environ(number, path):
    body = f'{{"slot":"2026-11-{10 + number % 20}T09:30:00Z","patient":{drawn(number, "p") % 900000},"note":"second floor"}}'
    return {
        "REQUEST_METHOD": ("POST", "GET", "PUT")[number % 3],
        "PATH_INFO": path,
        "QUERY_STRING": f"practice={number % 17}&patient={drawn(number, 'p') % 900000}&lang={('pt', 'ja', 'en')[number % 3]}",
        "SERVER_NAME": "desk.example.org",
        "HTTP_HOST": "desk.example.org",
        "HTTP_USER_AGENT": AGENTS[number % len(AGENTS)],
        "HTTP_X_REQUEST_ID": token(number, "request", 32),
        "HTTP_COOKIE": f"desk={token(number, 'desk', 26)}; theme=light",
        "REMOTE_ADDR": f"192.0.{100 + number % 99}.{10 + number % 80}",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json",
        "wsgi.url_scheme": "https",
        "clinic.number": number,
    }


def scope_of(number, transaction):
    with sentry_sdk.configure_scope() as scope:
        scope.set_user({**person(number), "ip_address": f"192.0.{100 + number % 99}.{10 + number % 80}"})
        scope.set_tag("practice", f"practice-{number % 17}")
        scope.set_tag("region", ("lisboa", "osaka", "reno")[number % 3])
        scope.set_tag("shard", f"shard-{10 + number % 40}")
        if number % 2:
            scope.set_tag("device", f"desk-{token(number, 'device', 8)}")
        scope.set_context("appointment", {"id": drawn(number, "a") % 900000, "room": f"R{100 + number % 60}",
            "doctor": f"d-{drawn(number, 'd') % 5000}", "minutes": 15 + number % 4 * 15, "video": number % 5 == 0})
        if number % 3 == 0:
            scope.set_context("practice", {"beds": 10 + number % 30, "opened": "2019-04-02", "queue": [
                {"ticket": drawn(number, i) % 999, "waiting": drawn(i, number) % 90} for i in range(number % 7)]})
        if number % 4 == 1:
            scope.set_extra("insurance answer", {"reference": token(number, "insurance", 40), "covered": number % 8 == 1,
                "limit": drawn(number, "limit") % 500000 / 100})
        scope.transaction = transaction


def crumb(number, i):
    kind = drawn(number, f"kind{i}") % 5
    if kind == 0:
        sentry_sdk.add_breadcrumb(category="query", type="query", data={"params": [drawn(number, i) % 900000], "ms": i},
            message=f"SELECT * FROM {TABLES[(number + i) % 6]} WHERE patient = %s AND state <> 'gone' LIMIT {20 + i}")
    elif kind == 1:
        sentry_sdk.add_breadcrumb(category="http", type="http", data={"method": "GET", "status_code": (200, 204, 404)[i % 3],
            "url": f"https://{('lab', 'insurance', 'rota')[i % 3]}.example.org/v3/{TABLES[i % 6]}/{drawn(number, i)}",
            "reason": ("OK", "No Content", "Not Found")[i % 3]})
    elif kind == 2:
        log.info("%s opened record %d of practice %d", PEOPLE[i % 7], drawn(number, i) % 900000, number % 17)
    elif kind == 3:
        sentry_sdk.add_breadcrumb(category="redis", message=f"SETEX slot:{token(number, i, 16)} {drawn(i) % 600}", data={"hit": i % 2 == 0})
    else:
        sentry_sdk.add_breadcrumb(category="auth", level="info", message=f"session {token(number, i, 24)} of {PEOPLE[number * 3 % 7]} accepted")


def leave(number, transaction, least=0):
    scope_of(number, transaction)
    for i in range(max(least, LENGTHS[(number * 5 + 1) % len(LENGTHS)])):
        crumb(number, i)
