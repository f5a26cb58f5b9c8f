// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A box office on @sentry/node. Each fault below breaks for real; what it is called is printed for record.py.
const Sentry = require("@sentry/node");

let fault = "";
Sentry.init({
    dsn: process.env.SENTRY_DSN,
    release: "tickets@5.12.3",
    environment: "production",
    serverName: "tickets-07",
    includeLocalVariables: true,
    sendDefaultPii: true,
    integrations: [Sentry.onUnhandledRejectionIntegration({ mode: "warn" })],
    beforeSend(event) {
        if (fault) process.stdout.write(`${event.event_id} ${fault}\n`);
        return event;
    },
});

const http = require("http");
const net = require("net");
const { setTimeout: pause } = require("timers/promises");
const trail = require("./lib/trail");
const { compose } = require("./lib/pipeline");
const faults = [
    ...require("./lib/seats").faults,
    ...require("./lib/prices").faults,
    ...require("./lib/concerts").faults,
    ...require("./lib/gateway").faults,
    ...require("./lib/documents").faults,
    ...require("./lib/jobs").faults,
    ...require("./lib/notices").faults,
];

const shop = compose([
    async function identify(context, next) {
        trail.identify(context.number);
        return next();
    },
    async function breadcrumbs(context, next) {
        trail.leave(context.number);
        return next();
    },
    async function limitRate(context, next) {
        context.allowance = 20 - (context.number % 7);
        return next();
    },
    async function run(context) {
        return context.fault.run(context.number);
    },
]);

// What a web framework does with a handler that throws.
async function dispatch(request, response) {
    const number = Number(request.headers["x-fault"]);
    const name = `${request.method} ${request.url.split("?")[0].replace(/\d+/g, ":id")}`;
    Sentry.getIsolationScope().setTransactionName(name);
    try {
        await shop({ number, fault: faults[number] });
        response.writeHead(204).end();
    } catch (error) {
        Sentry.captureException(error, { mechanism: { type: "middleware", handled: false } });
        response.writeHead(500).end();
    }
}

function ask(port, number) {
    return new Promise((resolve) => {
        const socket = net.connect(port, "127.0.0.1", () => socket.write(trail.request(number, faults[number])));
        socket.on("data", () => {});
        socket.on("close", resolve);
    });
}

async function main() {
    const server = http.createServer(dispatch);
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    // The box office goes on. The SDK reports the first one only, so each is told here; it knows those that it had.
    process.on("uncaughtException", (error) => Sentry.captureException(error, { mechanism: { type: "process", handled: false } }));
    for (let number = 0; number < faults.length; ++number) {
        fault = faults[number].name;
        await ask(server.address().port, number);
        await pause(120); // local variables are limited per second
        await Sentry.flush(5000);
    }
    fault = "";
    server.close();
    process.exit((await Sentry.flush(20000)) ? 0 : 1);
}

main();
