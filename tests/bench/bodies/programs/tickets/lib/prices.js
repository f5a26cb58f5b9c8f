// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Prices, vouchers and what is printed of them.
class PriceError extends Error {
    name = "PriceError";
    constructor(message, details, options) {
        super(message, options);
        Object.assign(this, details);
    }
}

function withFee(net, fee) {
    return net + fee;
}

function total(number) {
    const net = BigInt(4990 + number);
    const fee = 350;
    return withFee(net, fee);
}

function rounded(amount, places) {
    return amount.toFixed(places);
}

function label(number) {
    const places = 100 + number;
    return `${rounded(49.9, places)} EUR`;
}

function formatter(locale, currency) {
    return new Intl.NumberFormat(locale, { style: "currency", currency });
}

function localPrice(number) {
    const currency = ["EURO", "¥", "US$"][number % 3];
    return formatter("pt-PT", currency).format(49.9);
}

function parseTariff(text) {
    return JSON.parse(text);
}

async function loadTariff(number) {
    const answer = `{"tariff": ${number}, "tiers": [front, parquet]}`;
    try {
        return parseTariff(answer);
    } catch (cause) {
        throw new PriceError(`tariff ${number} is not readable`, { tariff: number, source: "tariffs.example.org" }, { cause });
    }
}

async function withTariff(number) {
    try {
        return await loadTariff(number);
    } catch (cause) {
        throw new PriceError("no tariff, no price", { fallback: false }, { cause });
    }
}

async function quote(number) {
    try {
        return await withTariff(number);
    } catch (cause) {
        throw new Error(`quote q-${77120 + number} cannot be made`, { cause });
    }
}

async function bank(name, amount) {
    if (amount > 0) throw new PriceError(`${name} has no rate for ${amount} cents`, { bank: name });
    return 1;
}

async function exchange(number) {
    const banks = ["northbank", "cardpool", "seaside"].map((name) => bank(name, 4990 + number));
    return Promise.any(banks);
}

const voucher = Object.freeze({ code: "SPRING26", left: 3 });

function redeem(code) {
    "use strict";
    voucher.left -= 1;
    return `${code} has ${voucher.left} left`;
}

function redeemVoucher(number) {
    return redeem(`SPRING${number}`);
}

function discountOf(rule) {
    const percent = 10;
    if (rule.percent) percent = rule.percent; // eslint would have told
    return percent;
}

function applyRules(number) {
    return [{ percent: 0 }, { percent: 5 + number }].map(discountOf);
}

exports.faults = [
    { name: "total-bigint-mixed", run: total },
    { name: "label-digits-range", run: label },
    { name: "currency-invalid", run: localPrice },
    { name: "quote-three-causes", run: quote },
    { name: "exchange-all-refused", run: exchange },
    { name: "voucher-frozen", run: redeemVoucher },
    { name: "discount-constant", run: applyRules },
];
