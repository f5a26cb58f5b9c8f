// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the box office asks of others: banks, mail, wallets.
const crypto = require("crypto");
const http = require("http");
const dns = require("dns/promises");

class GatewayError extends Error {
    name = "GatewayError";
    constructor(message, options) {
        super(message, options);
        this.gateway = "northbank";
        this.retryable = true;
    }
}

function get(port, path) {
    return new Promise((resolve, reject) => {
        const request = http.get({ host: "127.0.0.1", port, path, timeout: 400 }, resolve);
        request.on("error", (cause) => reject(new GatewayError(`GET ${path} failed`, { cause })));
    });
}

async function authorise(number) {
    return get(9, `/v1/authorise/${77120 + number}`);
}

async function slowly(signal) {
    return new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        setTimeout(resolve, 2000).unref();
    });
}

async function capture() {
    return slowly(AbortSignal.timeout(20));
}

function cipher(secret) {
    return crypto.createCipheriv("aes-256-gcm", secret, Buffer.alloc(12));
}

function sealPass(number) {
    const secret = Buffer.from(`wallet-${number}`);
    return cipher(secret).update("seat A4", "utf8", "hex");
}

function sameSignature(given, wanted) {
    return crypto.timingSafeEqual(Buffer.from(given, "hex"), Buffer.from(wanted, "hex"));
}

function webhook(number) {
    const wanted = crypto.createHmac("sha256", "secret").update(String(number)).digest("hex");
    return sameSignature("deadbeef", wanted);
}

function readFrame(buffer) {
    const size = buffer.readUInt16BE(0);
    return buffer.readUInt32BE(size);
}

function terminalAnswer(number) {
    const answer = Buffer.from([0, 40 + number, 1, 2, 3, 4]);
    return readFrame(answer);
}

async function find(host) {
    return dns.lookup(host, { family: 4 });
}

async function locate(number) {
    try {
        return await find(`gateway-${number}.invalid`);
    } catch (cause) {
        throw new GatewayError("the gateway has no address", { cause });
    }
}

exports.faults = [
    { name: "authorise-refused", run: authorise },
    { name: "capture-timeout", run: capture },
    { name: "pass-key-length", run: sealPass },
    { name: "webhook-signature-length", run: webhook },
    { name: "terminal-out-of-range", run: terminalAnswer },
    { name: "locate-no-address", run: locate },
];
