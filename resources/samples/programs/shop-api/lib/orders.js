// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Orders: reserving stock, shipping, paying, looking up.
const http = require("http");
const Sentry = require("@sentry/node");

class ConflictError extends Error {
    name = "ConflictError";
}
class StockError extends Error {
    name = "StockError";
}
class NotFoundError extends Error {
    name = "NotFoundError";
}

const stock = { "lamp-40": { onHand: 3, version: 17 }, "shade-s": { onHand: 0, version: 4 } };

function updateStock(sku, quantity, version) {
    const row = stock[sku];
    if (row.version !== version) throw new ConflictError(`version ${version} of ${sku} is outdated, now ${row.version}`);
    row.onHand -= quantity;
}

function reserveLine(line) {
    try {
        updateStock(line.sku, line.quantity, line.seen);
    } catch (cause) {
        throw new StockError(`cannot reserve ${line.quantity} of ${line.sku}`, { cause });
    }
}

exports.reserve = async ({ variant }) => {
    const lines = [{ sku: ["lamp-40", "shade-s", "lamp-40"][variant], quantity: 1 + variant, seen: 2 }];
    try {
        lines.forEach(reserveLine);
    } catch (cause) {
        throw new Error(`Order o-${8120 + variant} could not be placed`, { cause });
    }
};

function fetchRates(host, port) {
    return new Promise((resolve, reject) => {
        const request = http.get({ host, port, path: "/rates?zone=2", timeout: 500 }, resolve);
        request.on("error", reject);
    });
}

exports.shippingRates = async ({ variant }) => {
    const carrier = ["seaside", "parcel-x", "seaside"][variant];
    Sentry.setTag("carrier", carrier);
    return fetchRates("127.0.0.1", 9);
};

async function tryProvider(name, amount) {
    if (amount > 0) throw new Error(`${name} refused ${amount} cents`);
    return name;
}

exports.pay = async ({ variant }) => {
    const amount = 4990 + variant;
    const providers = ["northbank", "cardpool", "paylater"];
    return Promise.any(providers.map((name) => tryProvider(name, amount)));
};

function findOrder(id) {
    const known = new Set(["o-1", "o-2"]);
    if (!known.has(id)) throw new NotFoundError(`order ${id} does not exist`);
    return { id };
}

exports.detail = async ({ variant }) => {
    try {
        return findOrder(`o-${9000 + variant}`);
    } catch (error) {
        Sentry.captureException(error, { level: "warning", tags: { handled_by: "detail" } });
        return null;
    }
};
