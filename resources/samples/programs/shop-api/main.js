// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The API of the sample shop on @sentry/node. Each request below breaks for real; what it is called is printed for
// record.py. `node main.js RELEASE ENVIRONMENT VARIANT [traces]`: with `traces` it is the transactions that are sent and
// named, after what they are, and not the events.
const Sentry = require("@sentry/node");

const [release, environment, variantText, wanted] = process.argv.slice(2);
const variant = Number(variantText);
const traces = wanted === "traces";
let issue = "";

Sentry.init({
    dsn: process.env.SENTRY_DSN,
    release,
    environment,
    serverName: "shop-api-1",
    includeLocalVariables: true,
    sendDefaultPii: true,
    integrations: [Sentry.onUnhandledRejectionIntegration({ mode: "warn" })],
    tracesSampleRate: traces ? 1 : undefined,
    beforeSendTransaction(event) {
        const name = event.transaction.toLowerCase().match(/[a-z0-9]+/g).join("-");
        process.stdout.write(`${event.event_id} ${name}\n`);
        return event;
    },
    beforeSend(event) {
        if (traces) return null;
        if (issue) process.stdout.write(`${event.event_id} ${issue}\n`);
        return event;
    },
});

const http = require("http");
const net = require("net");
const { routes } = require("./lib/routes");

const users = [
    { id: "4101", username: "blue-otter", email: "blue-otter@example.org" },
    { id: "4107", username: "quiet-lynx", email: "quiet-lynx@example.net" },
    { id: "4120", username: "tall_fern", email: "tall.fern@example.com" },
];
const agents = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
    "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
];

function identify(request) {
    const user = users[variant % users.length];
    Sentry.setUser({ ...user, ip_address: `198.51.100.${20 + variant}` });
    Sentry.setTag("country", ["PT", "JP", "US"][variant]);
    Sentry.setTag("plan", ["free", "plus", "free"][variant]);
    Sentry.setContext("cart", { id: `c_${812 + variant}`, items: 2 + variant, currency: ["EUR", "JPY", "USD"][variant] });
    Sentry.addBreadcrumb({ category: "auth", message: `session of ${user.username} is valid`, level: "info" });
    Sentry.addBreadcrumb({
        category: "query",
        type: "query",
        message: "SELECT id, summary FROM carts WHERE id = $1",
        data: { params: [`c_${812 + variant}`], ms: 3 },
    });
    Sentry.addBreadcrumb({
        category: "http",
        type: "http",
        level: "info",
        data: { method: "GET", url: "https://stock.example.org/v2/items?sku=lamp-40", status_code: 200 },
    });
    return { request, variant, user };
}

// What a web framework does with a handler that throws.
async function dispatch(request, response) {
    const path = request.url.split("?")[0];
    const route = routes[path];
    Sentry.getCurrentScope().setTransactionName(`${request.method} ${path}`);
    Sentry.getIsolationScope().setTransactionName(`${request.method} ${path}`);
    // Long enough that the parts of the answer's time are told to the millisecond.
    if (traces) await new Promise((resolve) => setTimeout(resolve, 50));
    try {
        await route.handler(identify(request));
        response.writeHead(204).end();
    } catch (error) {
        Sentry.captureException(error, { mechanism: { type: "middleware", handled: false } });
        response.writeHead(500).end();
    }
}

// A client without a trace of its own: the shop front, as far as the server can see.
function ask(port, method, path) {
    return new Promise((resolve) => {
        const body = method === "POST" ? JSON.stringify({ cart: `c_${812 + variant}`, note: "ring twice" }) : "";
        const socket = net.connect(port, "127.0.0.1", () => {
            socket.write(
                `${method} ${path}?cart=c_${812 + variant}&lang=${["pt", "ja", "en"][variant]} HTTP/1.1\r\n` +
                    "Host: api.shop.example.org\r\nX-Forwarded-Proto: https\r\nAccept: application/json\r\n" +
                    `User-Agent: ${agents[variant]}\r\nReferer: https://shop.example.org/checkout\r\n` +
                    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
            );
        });
        socket.on("data", () => {});
        socket.on("close", resolve);
    });
}

async function main() {
    const server = http.createServer(dispatch);
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    process.on("uncaughtException", () => {}); // the shop goes on; Sentry has heard of it
    for (const [path, route] of Object.entries(routes)) {
        issue = route.issue;
        await ask(server.address().port, route.method, path);
        await new Promise((resolve) => setTimeout(resolve, 120)); // local variables are limited per second
        await Sentry.flush(5000);
    }
    issue = "";
    server.close();
    process.exit((await Sentry.flush(20000)) ? 0 : 1);
}

main();
