// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who asks, and what a request leaves behind before it breaks.
const { createHash } = require("crypto");
const Sentry = require("@sentry/node");

const people = ["blue.otter", "quiet-lynx", "tall_fern", "paper.kite", "north-star", "low.tide", "amber_moth", "kestrel"];
const agents = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
    "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "TicketsApp/4.7.1 (Android 15; Pixel 8)",
];
const paths = ["/api/concerts/48213", "/api/orders/771204/seats", "/api/account/vouchers", "/api/venues/3361/plan"];
const tables = ["concerts", "seats", "orders", "vouchers", "venues", "holds", "refunds"];
const lengths = [4, 6, 8, 11, 14, 18, 25, 38];

// Numbers that look drawn, and are the same in each recording.
const drawn = (number, salt) => parseInt(createHash("sha1").update(`${number}/${salt}`).digest("hex").slice(0, 8), 16);
const token = (number, salt, length) => createHash("sha256").update(`${salt}:${number}`).digest("hex").slice(0, length);
const pick = (list, number) => list[number % list.length];
exports.token = token;

exports.identify = (number) => {
    const name = pick(people, number * 3);
    const id = String(100000 + (drawn(number, "user") % 50000));
    Sentry.setUser({ id, username: `${name}-${id}`, email: `${name}.${id}@example.${pick(["org", "net", "com"], number)}`,
        ip_address: `198.51.${100 + (number % 80)}.${10 + (drawn(number, "ip") % 90)}` });
    Sentry.setTags({ plan: pick(["free", "plus", "club"], number), region: pick(["lisboa", "osaka", "reno", "tromso"], number),
        shard: `shard-${10 + (number % 40)}`, "seller.id": `s-${drawn(number, "seller") % 9000 + 1000}` });
    if (number % 2) Sentry.setTag("experiment", `queue-${token(number, "exp", 6)}`);
    Sentry.setContext("basket", { id: `b_${drawn(number, "basket")}`, seats: 1 + (number % 6), currency: pick(["EUR", "JPY", "USD"], number),
        held_until: `2026-11-20T21:${10 + (number % 50)}:07Z`, total: (drawn(number, "total") % 90000) / 100 });
    if (number % 3 === 0) Sentry.setContext("concert", { id: 48000 + number, venue: pick(["Coliseu", "Zepp Namba", "The Depot"], number),
        doors: "19:30", tiers: ["front", "parquet", "balcony"].slice(0, 1 + (number % 3)) });
    if (number % 4 === 1) Sentry.setExtra("feature flags", { "seat-map-v3": true, "wallet-pass": number % 8 === 1, rollout: drawn(number, "r") % 100 });
};

const kinds = [
    (n, i) => ({ category: "query", type: "query", message: `SELECT id, state FROM ${pick(tables, n + i)} WHERE id = $1 AND venue = $2`,
        data: { params: [drawn(n, i) % 900000, `v-${drawn(n, -i) % 4000}`], ms: drawn(i, n) % 60 } }),
    (n, i) => ({ category: "http", type: "http", data: { method: pick(["GET", "POST", "PUT"], i), status_code: pick([200, 201, 204, 304, 404], n + i),
        url: `https://${pick(["stock", "seats", "wallet", "mail"], n + i)}.example.org/v2/${pick(tables, i)}/${drawn(n, i)}?trace=${token(n, i, 16)}`,
        "http.response.body.size": drawn(n, i) % 70000 } }),
    (n, i) => ({ category: "console", level: pick(["info", "warning", "debug"], i), message: pick([
        `hold ${token(n, i, 12)} extended by ${drawn(n, i) % 300} s`, `cache miss for ${pick(tables, n * i)}:${drawn(n, i)}`,
        `seat ${pick(["A", "C", "F", "K"], i)}${drawn(n, i) % 60} is taken by somebody else`, `retry ${1 + (i % 4)} of webhook ${token(i, n, 20)}`], n + i),
        data: { logger: "console" } }),
    (n, i) => ({ category: "auth", level: "info", message: `session ${token(n, i, 24)} of ${pick(people, n * 3)} renewed` }),
    (n, i) => ({ category: "queue", message: `took ${pick(["mail", "pdf", "refund", "webhook"], i)} job ${drawn(n, i)} after ${drawn(i, n) % 9000} ms`,
        data: { attempt: 1 + (i % 3), worker: `w-${drawn(n, i) % 64}` } }),
    (n, i) => ({ category: "redis", message: `GET hold:${token(n, i, 16)}`, data: { hit: i % 3 !== 0, ttl: drawn(n, i) % 600 } }),
];

exports.leave = (number) => {
    const length = lengths[(number * 5 + 2) % lengths.length];
    for (let i = 0; i < length; ++i) Sentry.addBreadcrumb(pick(kinds, drawn(number, `kind${i}`))(number, i));
};

// A client without a trace of its own: the shop front, as far as the server can see.
exports.request = (number, fault) => {
    const method = pick(["GET", "POST", "PUT"], number);
    const body = method === "GET" ? "" : JSON.stringify({ basket: `b_${drawn(number, "basket")}`, note: pick(["ring twice", "aisle please", "two wheelchairs"], number),
        seats: Array.from({ length: 1 + (number % 5) }, (_, i) => ({ row: pick(["A", "C", "F"], i), seat: drawn(number, i) % 60, price: drawn(number, i) % 12000 })) });
    return `${method} ${pick(paths, number)}/${fault.name.split("-")[0]}?lang=${pick(["pt", "ja", "en"], number)}&basket=b_${drawn(number, "basket")} HTTP/1.1\r\n` +
        `Host: api.tickets.example.org\r\nX-Fault: ${number}\r\nX-Forwarded-Proto: https\r\nAccept: application/json\r\n` +
        `User-Agent: ${pick(agents, number)}\r\nX-Request-Id: ${token(number, "request", 32)}\r\n` +
        (number % 3 ? `Referer: https://tickets.example.org/concerts/${48000 + number}\r\nAccept-Language: ${pick(["pt-PT", "ja", "en-GB"], number)}\r\n` : "") +
        (number % 4 === 0 ? `Cookie: theme=dark; visit=${token(number, "visit", 20)}\r\n` : "") +
        `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
};
