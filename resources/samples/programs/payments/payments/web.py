# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The web application: finds the handler of a path, tells Sentry who asks, and reports what handlers swallow."""

import logging

import sentry_sdk

from payments import cards, ledger, refunds, risk, webhooks

log = logging.getLogger("payments.web")


def trail(user, order):
    """What a request leaves behind before it breaks."""
    sentry_sdk.add_breadcrumb(category="auth", message=f"session of {user['username']} accepted", level="info")
    sentry_sdk.add_breadcrumb(
        category="query", type="query", message="SELECT * FROM orders WHERE id = %s", data={"params": [order]}
    )
    sentry_sdk.add_breadcrumb(
        type="http",
        category="http",
        data={"method": "GET", "url": f"https://shop.example.org/api/orders/{order}", "status_code": 200},
    )
    log.info("handling order %s", order)


ROUTES = {
    "/v1/charges": ("card-network-timeout", cards.charge),
    "/v1/charges/confirm": ("idempotency-race", ledger.book_twice),
    "/v1/charges/preview": ("amount-not-a-number", cards.preview),
    "/v1/addresses/check": ("billing-address-missing", cards.check_address),
    "/v1/ledger/close": ("ledger-unbalanced", ledger.close_day),
    "/v1/currency/convert": ("rate-is-none", ledger.convert),
    "/v1/risk/score": ("risk-division-by-zero", risk.score),
    "/v1/risk/velocity": ("risk-window-empty", risk.velocity),
    "/v1/webhooks/bank": ("webhook-signature", webhooks.bank),
    "/v1/webhooks/carrier": ("webhook-not-json", webhooks.carrier),
    "/v1/webhooks/legacy": ("webhook-bad-encoding", webhooks.legacy),
    "/v1/refunds": ("refund-card-none", refunds.refund),
    "/v1/refunds/rules": ("refund-rules-recursion", refunds.apply_rules),
    "/v1/cards/validate": ("card-number-arabic", cards.validate),
    "/v1/providers/select": ("provider-declined", cards.select_provider),
    "/v1/report/settlement": ("signing-key-missing", ledger.sign_report),
}


def application(environ, start_response):
    path, user = environ["PATH_INFO"], environ["payments.user"]
    variant = environ["payments.variant"]
    order = f"o-{8120 + variant}"
    with sentry_sdk.configure_scope() as scope:
        scope.set_user({**user, "ip_address": environ["REMOTE_ADDR"]})
        scope.set_tag("route", path)
        scope.set_tag("provider", ("northbank", "cardpool", "northbank")[variant])
        scope.set_tag("currency", ("EUR", "JPY", "USD")[variant])
        scope.set_context("order", {"id": order, "items": variant + 2, "gift": variant == 1})
        scope.transaction = path
    trail(user, order)
    handler = ROUTES[path][1]
    handled = handler(variant, order)
    start_response("200 OK", [("Content-Type", "application/json")])
    return [str(handled).encode()]
