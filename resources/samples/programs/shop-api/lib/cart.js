// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shopping cart: totals, coupons, prices.

const carts = new Map([
    ["c_812", { id: "c_812", country: "PT", lines: [{ sku: "lamp-40", quantity: 1 }] }],
    ["c_813", { id: "c_813", country: "JP", lines: [{ sku: "shade-s", quantity: 3 }] }],
    ["c_814", { id: "c_814", country: "US", lines: [] }],
]);

function loadCart(variant) {
    const id = `c_${812 + variant}`;
    return carts.get(id);
}

function withTax(cart, rate) {
    const net = cart.summary.total; // carts from the old shop have no summary
    return Math.round(net * (1 + rate));
}

function renderTotals(cart) {
    const rates = { PT: 0.23, JP: 0.1, US: 0 };
    const rate = rates[cart.country];
    return { id: cart.id, total: withTax(cart, rate) };
}

exports.checkout = async ({ variant }) => {
    const cart = loadCart(variant);
    const totals = renderTotals(cart);
    return { ...totals, paid: false };
};

function isExpired(coupon, today) {
    const until = new Date(coupon.until);
    return until.toISOString() < today;
}

exports.applyCoupon = async ({ variant }) => {
    const coupons = [
        { code: "SPRING10", until: "31/03/2026" },
        { code: "WELCOME", until: "soon" },
        { code: "VIP", until: "2026-02-30T25:00" },
    ];
    const coupon = coupons[variant];
    return isExpired(coupon, "2026-03-01") ? 0 : 0.1;
};

function discount(cents, percent) {
    return cents - (cents * percent) / 100;
}

exports.price = async ({ variant }) => {
    const cents = 4990n + BigInt(variant);
    const percent = 10;
    return discount(cents, percent).toString();
};
