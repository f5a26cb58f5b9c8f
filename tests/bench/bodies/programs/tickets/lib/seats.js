// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Seats: holding, freeing, swapping, and the plan of a hall.
const { chain } = require("./pipeline");

const halls = new Map([["coliseu", { rows: { A: [1, 2, 3], C: [4, 5] }, plan: null }]]);

function hallOf(name) {
    return halls.get(name);
}

function freeSeats(row) {
    return row.seats.filter((seat) => seat.state === "free");
}

function countFree(hall) {
    return Object.keys(hall.rows).reduce((sum, key) => sum + freeSeats(hall.rows[key]).length, 0);
}

function holdSeats(number) {
    const hall = hallOf("coliseu");
    const free = countFree(hall);
    return { hall, free, wanted: number };
}

function releaseHold(number) {
    const hold = new Map().get(`hold-${number}`);
    hold.timer.unref();
    return hold;
}

function blockOf(size) {
    return new Array(size - 4);
}

function reserveBlock(number) {
    const wanted = number % 2;
    const block = blockOf(wanted);
    return block.fill("reserved");
}

function swap({ from: { row }, to: { row: other } }) {
    return [other, row];
}

function swapSeats(number) {
    const request = { from: { row: "A", seat: number } };
    return swap(request);
}

class Node {
    constructor(label) {
        this.label = label;
        this.exits = [];
    }
    walk(visit, depth) {
        visit(this, depth);
        for (const exit of this.exits) exit.walk(visit, depth + 1);
    }
}

function evacuationPlan() {
    const hall = new Node("hall");
    const stairs = new Node("stairs");
    hall.exits.push(stairs);
    stairs.exits.push(hall); // the stairs lead back into the hall
    const labels = [];
    hall.walk((node) => labels.push(node.label), 0);
    return labels;
}

class Plan {
    #rows = [];
    static rowsOf(plan) {
        return plan.#rows;
    }
}

function drawPlan(number) {
    const plan = JSON.parse(`{"hall":${number}}`);
    return Plan.rowsOf(plan);
}

const parsed = (text) => text.split(";");
const numbered = (cells) => cells.map((cell, index) => ({ index, cell }));
const priced = (seats) => seats.map((seat) => ({ ...seat, cents: seat.tier.cents }));

function importPlan(number) {
    const read = chain(parsed, numbered, priced);
    return read(`A${number};A${number + 1};A${number + 2}`);
}

exports.faults = [
    { name: "hold-filter-undefined", run: holdSeats },
    { name: "release-timer-undefined", run: releaseHold },
    { name: "block-negative-length", run: reserveBlock },
    { name: "swap-without-target", run: swapSeats },
    { name: "evacuation-recursion", run: evacuationPlan },
    { name: "plan-private-member", run: drawPlan },
    { name: "import-tier-missing", run: importPlan },
];
