// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tickets as files: reading, packing, streaming.
const fs = require("fs");
const { Readable, Transform } = require("stream");
const { pipeline } = require("stream/promises");
const zlib = require("zlib");

function template(name) {
    return fs.readFileSync(`/srv/tickets/templates/${name}.svg`, "utf8");
}

function render(number) {
    return template(`ticket-${number}`).replace("%seat%", "A4");
}

async function archive(number) {
    const folder = await fs.promises.open("/srv/tickets/lib", "r");
    try {
        return await folder.readFile({ encoding: number % 2 ? "utf8" : null });
    } finally {
        await folder.close();
    }
}

function unpacked(bytes) {
    return zlib.gunzipSync(bytes);
}

function openBatch(number) {
    const batch = Buffer.from(`PK batch ${number}`);
    return unpacked(batch);
}

class Stamp extends Transform {
    constructor(limit) {
        super();
        this.limit = limit;
    }
    _transform(chunk, encoding, done) {
        this.limit -= 1;
        if (this.limit < 0) done(new Error(`stamp ran dry at ${chunk.length} bytes`));
        else done(null, chunk);
    }
}

async function stampAll(number) {
    const tickets = Readable.from([`ticket ${number}`, `ticket ${number + 1}`]);
    await pipeline(tickets, new Stamp(1), new fs.WriteStream("/dev/null"));
}

async function move(number) {
    await fs.promises.rename(`/srv/tickets/main.js/${number}`, "/srv/tickets/out");
}

function copyBasket(basket) {
    return structuredClone(basket);
}

function duplicate(number) {
    return copyBasket({ number, seats: [1, 2], onPaid() {} });
}

exports.faults = [
    { name: "render-template-missing", run: render },
    { name: "archive-is-folder", run: archive },
    { name: "batch-not-gzip", run: openBatch },
    { name: "stamp-stream-broke", run: stampAll },
    { name: "move-not-folder", run: move },
    { name: "duplicate-not-cloneable", run: duplicate },
];
