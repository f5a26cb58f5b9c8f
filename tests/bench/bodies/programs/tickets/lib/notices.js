// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is told rather than thrown.
const Sentry = require("@sentry/node");

async function queueGrows(number) {
    Sentry.captureMessage("Waiting room grows faster than it drains", {
        level: "warning", extra: { waiting: 41000 + number, drained: 120, oldest: "2026-11-20T21:02:11Z" } });
}

async function tariffRotated(number) {
    Sentry.captureMessage(`Tariff table ${number} was rotated by schedule`, { level: "info", tags: { job: "rotate-tariffs" },
        extra: { tables: Array.from({ length: 25 }, (_, i) => ({ id: 3300 + i, rows: 17 * i + number, checksum: require("./trail").token(number, i, 16) })) } });
}

async function slowPlan(number) {
    Sentry.captureEvent({ level: "warning", logger: "plans", fingerprint: ["slow-plan", "coliseu"],
        logentry: { message: "Plan of %s took %s ms", params: ["coliseu", 2100 + number] },
        extra: { statement: "SELECT p.id, p.rows FROM plans p JOIN venues v ON v.id = p.venue WHERE v.city = $1 ORDER BY p.changed DESC",
            explain: Array.from({ length: 12 }, (_, i) => `-> Index Scan on plans_${i} (cost=${i}.15..${8 + i}.17 rows=${i * 31} width=${120 + i})`) } });
}

async function terminalString(number) {
    Sentry.captureException(`terminal ${300 + number} answered with nothing`);
}

function checkIn(gate) {
    throw new Error(`gate ${gate} does not know this ticket`);
}

async function gateRefused(number) {
    try {
        checkIn(number);
    } catch (error) {
        Sentry.captureException(error, { level: "fatal", fingerprint: ["{{ default }}", "gate"], tags: { gate: `g-${number}` },
            extra: { scans: Array.from({ length: 40 }, (_, i) => `${48000 + i * number}:${require("./trail").token(i, number, 10)}`) } });
    }
}

exports.faults = [
    { name: "queue-grows", run: queueGrows },
    { name: "tariff-rotated", run: tariffRotated },
    { name: "plan-slow", run: slowPlan },
    { name: "terminal-string", run: terminalString },
    { name: "gate-refused", run: gateRefused },
];
