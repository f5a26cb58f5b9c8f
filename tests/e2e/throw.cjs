// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small shop on @sentry/node that breaks for real: `node throw.cjs DSN COUNT`. Each failure carries breadcrumbs,
// tags, a user and a release, and is thrown, not made up.
const Sentry = require("@sentry/node");

const [dsn, count] = [process.argv[2], Number(process.argv[3] ?? 1)];

Sentry.init({ dsn, release: "web@4.2.1", environment: "production", serverName: "shop-1", tracesSampleRate: 0 });

function renderTotals(cart) {
    return cart.summary.total * 1.1;
}

function checkout(user) {
    const cart = { id: "c_812", country: "JP" };
    Sentry.addBreadcrumb({ category: "ui.click", message: `button.pay of ${user.username}`, level: "info" });
    Sentry.addBreadcrumb({
        type: "http",
        category: "http",
        data: { method: "GET", url: "/api/cart/c_812", status_code: 204 },
    });
    return renderTotals(cart);
}

async function main() {
    for (let i = 0; i < count; ++i) {
        const user = { id: String(i % 5), username: `shopper${i % 5}`, email: `shopper${i % 5}@example.org` };
        Sentry.withScope((scope) => {
            scope.setUser(user);
            scope.setTag("page", "checkout");
            try {
                checkout(user);
            } catch (error) {
                Sentry.captureException(error);
            }
        });
    }
    if (!(await Sentry.flush(20000))) process.exit(1);
}

main();
