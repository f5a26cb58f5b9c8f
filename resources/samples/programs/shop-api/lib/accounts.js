// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Accounts: sessions, addresses, signed messages from others.
const crypto = require("crypto");
const Sentry = require("@sentry/node");

function readToken(token) {
    const [head, payload] = token.split(".");
    return { head: Buffer.from(head, "base64url"), payload: Buffer.from(payload, "base64url") };
}

exports.session = async ({ variant }) => {
    const cookie = ["expired", "", "guest"][variant]; // no dot: the payload is missing
    const { payload } = readToken(cookie);
    return JSON.parse(payload.toString());
};

const postcodes = { "150-0001": "東京都渋谷区神宮前" };

function addressOf(postcode) {
    const address = postcodes[postcode];
    if (!address) throw new RangeError(`配送先の郵便番号が見つかりません: 〒${postcode}`);
    return address;
}

exports.lookUpAddress = async ({ variant }) => {
    const postcode = ["999-0001", "000-1234", "123-0000"][variant];
    return addressOf(postcode);
};

function checkSignature(body, given) {
    const expected = crypto.createHmac("sha256", "not the real one").update(body).digest();
    return crypto.timingSafeEqual(expected, given);
}

exports.webhook = async ({ variant }) => {
    const body = JSON.stringify({ sku: "lamp-40", left: variant });
    Sentry.addBreadcrumb({ category: "webhook", message: `stock notice of ${body.length} bytes`, level: "info" });
    return checkSignature(body, Buffer.alloc(20));
};
