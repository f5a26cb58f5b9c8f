// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What goes on beside a request.
const { setTimeout: pause } = require("timers/promises");
const Sentry = require("@sentry/node");

async function similarTo(sku, model) {
    await pause(5);
    return model.neighbours[sku].slice(0, 4);
}

exports.recommend = async ({ variant }) => {
    const model = { version: 7 + variant, neighbours: { "lamp-40": ["bulb-e27"] } };
    similarTo("shade-xl", model); // nobody waits for it, so nobody catches
    await pause(60);
};

async function collect(rows, signal) {
    const lines = [];
    for (let row = 0; row < rows; ++row) {
        await pause(10, undefined, { ref: true });
        signal.throwIfAborted();
        lines.push(row);
    }
    return lines;
}

exports.exportOrders = async ({ variant }) => {
    const signal = AbortSignal.timeout(30);
    return collect(500 + variant, signal);
};

function compose(subscriber) {
    const name = subscriber.profile.displayName;
    return `Hello ${name}`;
}

exports.newsletter = async ({ variant }) => {
    const subscribers = [{ id: variant, profile: null }];
    setTimeout(() => subscribers.map(compose), 5);
    await pause(60);
};

exports.slowQuery = async ({ variant }) => {
    const ms = 2400 + 310 * variant;
    Sentry.captureMessage("Slow query: orders by customer", {
        level: "warning",
        tags: { database: "orders", index: "missing" },
        extra: { ms, statement: "SELECT * FROM orders WHERE customer = $1 ORDER BY placed_at DESC" },
    });
};

exports.flags = async ({ variant }) => {
    const flag = "checkout-v3";
    Sentry.captureMessage(`Unknown feature flag ${flag}`, { level: "info", extra: { asked: variant + 1 } });
};
