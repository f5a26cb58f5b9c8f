// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What runs beside requests: nobody catches what these throw.
const { EventEmitter, once } = require("events");
const { spawn } = require("child_process");
const { setTimeout: pause } = require("timers/promises");
const Sentry = require("@sentry/node");
const { token } = require("./trail");

async function reminder(number) {
    Sentry.captureException({ mailbox: "full", job: 7100 + number, waiting: [4, 8, 15], since: "2026-11-20T21:02:11Z" });
    await pause(30);
}

function sendDigest(list) {
    return list.recipients.length;
}

async function digest(number) {
    setTimeout(function nightly() {
        sendDigest({ number });
    }, 5);
    await pause(40);
}

class Printer extends EventEmitter {
    print(job) {
        process.nextTick(() => this.emit("error", new Error(`printer is out of paper at job ${job}`)));
    }
}

async function printAtDoor(number) {
    new Printer().print(9000 + number);
    await pause(30);
}

async function convert(number) {
    const converter = spawn("/srv/tickets/bin/convert-pdf", [`--ticket=${number}`]);
    try {
        await once(converter, "exit");
    } catch (cause) {
        throw new Error(`ticket ${number} was not converted`, { cause });
    }
}

async function settle(queue) {
    for await (const batch of queue) {
        if (batch.open) throw new RangeError(`batch ${batch.id} is still open`);
    }
}

async function* batches(number) {
    yield { id: number, open: false };
    await pause(1);
    yield { id: number + 1, open: true };
}

async function settlement(number) {
    await settle(batches(number));
}

async function sweep(number) {
    Sentry.setContext("sweep", { began: "2026-11-20T21:14:02Z", every: 300, holds: Array.from({ length: 6 }, (_, i) => token(number, i, 16)) });
    queueMicrotask(function sweepHolds() {
        null.forEach((hold) => hold.free());
    });
    await pause(30);
}

exports.faults = [
    { name: "reminder-object", run: reminder },
    { name: "digest-uncaught", run: digest },
    { name: "printer-error-event", run: printAtDoor },
    { name: "convert-no-program", run: convert },
    { name: "settlement-batch-open", run: settlement },
    { name: "sweep-microtask", run: sweep },
];
