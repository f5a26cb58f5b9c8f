// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The basket and the way to pay.

function grandTotal(basket) {
    return basket.summary.total + basket.shipping;
}

function showTotal(basket) {
    document.title = `Pay ${grandTotal(basket)}`;
}

export function pay({ variant }) {
    const basket = { id: `c_${812 + variant}`, lines: [{ sku: "lamp-40" }], shipping: 4.9 };
    showTotal(basket);
}

async function reserve(sku, quantity) {
    if (quantity > 0) return Promise.reject({ code: "E_STOCK", sku, left: 0 });
    return sku;
}

export async function add({ variant }) {
    await reserve("shade-s", 1 + variant);
}

function store(key, value) {
    localStorage.setItem(key, JSON.stringify(value));
}

export function saveWishlist({ variant }) {
    const list = Array.from({ length: 20 }, (_, index) => ({ sku: `lamp-${index + variant}`, note: "x".repeat(400000) }));
    store("wishlist", list);
}

class CouponError extends Error {
    name = "CouponError";
}

function checkCoupon(code) {
    if (!/^[A-Z]{4}\d{2}$/.test(code)) throw new CouponError(`קוד הקופון אינו תקף: ${code}`);
}

export function coupon({ variant, Sentry }) {
    try {
        checkCoupon(["אביב10", "חורף5", "קיץ20"][variant]);
    } catch (error) {
        Sentry.captureException(error, { level: "warning" });
    }
}

function restore(saved) {
    if (!saved) throw new Error("カートを読み込めませんでした。もう一度お試しください");
    return JSON.parse(saved);
}

export function open() {
    restore(sessionStorage.getItem("basket"));
}
