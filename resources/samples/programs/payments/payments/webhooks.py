# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What banks and carriers tell us."""

import hashlib
import hmac
import json

import sentry_sdk


class SignatureMismatch(Exception):
    """The sender is not who it says it is."""


class UnreadableNotice(Exception):
    """A notice that makes no sense."""


def verify(body, given, secret):
    expected = hmac.new(secret, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, given):
        raise SignatureMismatch(f"signature {given[:8]}... of {len(body)} bytes does not match")


def bank(variant, order):
    body = json.dumps({"order": order, "state": "settled", "batch": 77 + variant}).encode()
    try:
        verify(body, "00" * 32, b"not the real one")
    except SignatureMismatch as error:
        with sentry_sdk.push_scope() as scope:
            scope.level = "warning"
            scope.set_tag("bank", ("northbank", "seaside", "northbank")[variant])
            sentry_sdk.capture_exception(error)
    return "ignored"


def parse_notice(body):
    try:
        return json.loads(body)
    except json.JSONDecodeError as error:
        raise UnreadableNotice(f"carrier sent {len(body)} characters that are not JSON") from error


def carrier(variant, order):
    bodies = ("<html><body>Bad gateway</body></html>", "Service closed for today", "order=o-8122&state=sent")
    notice = parse_notice(bodies[variant])
    return notice["state"]


def legacy(variant, order):
    raw = ("Gr\xfc\xdfe", "caf\xe9", "na\xefve")[variant].encode("latin-1")
    fields = raw.split(b"|")
    return [field.decode("utf-8") for field in fields]
