// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which handler answers which path, and what its fault is called in the recordings.
const cart = require("./cart");
const catalog = require("./catalog");
const orders = require("./orders");
const accounts = require("./accounts");
const jobs = require("./jobs");

const post = (issue, handler) => ({ issue, handler, method: "POST" });
const get = (issue, handler) => ({ issue, handler, method: "GET" });

exports.routes = {
    "/api/checkout": post("cart-total-undefined", cart.checkout),
    "/api/orders/reserve": post("stock-conflict", orders.reserve),
    "/api/catalog/feed": get("catalog-feed-html", catalog.feed),
    "/api/coupons/apply": post("coupon-invalid-date", cart.applyCoupon),
    "/api/shipping/rates": get("shipping-refused", orders.shippingRates),
    "/api/search": get("search-pattern", catalog.search),
    "/api/session": get("session-token", accounts.session),
    "/api/images/thumb": get("image-missing", catalog.thumbnail),
    "/api/orders/pay": post("payment-all-failed", orders.pay),
    "/api/cart/price": get("price-bigint", cart.price),
    "/api/addresses/lookup": get("address-japanese", accounts.lookUpAddress),
    "/api/reviews": get("review-recursion", catalog.reviews),
    "/api/orders/detail": get("order-not-found", orders.detail),
    "/api/recommendations": get("recommendation-rejection", jobs.recommend),
    "/api/webhooks/stock": post("webhook-signature", accounts.webhook),
    "/api/export": get("export-timeout", jobs.exportOrders),
    "/api/newsletter": post("newsletter-uncaught", jobs.newsletter),
    "/api/health/slow": get("slow-query", jobs.slowQuery),
    "/api/flags": get("flag-unknown", jobs.flags),
};
