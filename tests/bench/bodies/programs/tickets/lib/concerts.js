// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Concerts: dates, search, links, listings.
function doorsOpen(date) {
    return date.toISOString();
}

function schedule(number) {
    const starts = new Date(`2026-13-${10 + number}T19:30:00Z`);
    return { doors: doorsOpen(starts) };
}

function pattern(words) {
    return new RegExp(words.map((word) => `(${word}`).join("|"), "u");
}

function search(number) {
    const expression = pattern(["fado", "jazz", `nr${number}`]);
    return ["Fado no Coliseu"].filter((title) => expression.test(title));
}

function linkTo(base, path) {
    return new URL(path, base);
}

async function shareLink(number) {
    const link = linkTo("tickets.example.org", `/concerts/${48000 + number}`);
    return link.href;
}

function decoded(text) {
    return decodeURIComponent(text);
}

function artistPage(number) {
    const query = `artist=${number}%E0%A4%A`; // cut off in the middle of a letter
    return decoded(query.slice(7));
}

function* pages(source) {
    for (const page of source.next) yield page;
}

function listing(number) {
    const source = { number, next: { page: 2 } };
    return [...pages(source)];
}

class Listing {
    constructor(items) {
        this.items = items;
    }
    sorted() {
        return this.items.toSorted((a, b) => this.compare(a.date, b.date));
    }
}

function sortedListing(number) {
    return new Listing([{ date: number }, { date: 2 }, { date: 1 }]).sorted();
}

function describe(concert) {
    return `${concert.title} (${venueNames[concert.venue]})`;
}

function overview(number) {
    const concerts = [{ title: "Fado", venue: number }, { title: "Jazz", venue: 2 }];
    return concerts.map(describe).join("\n");
}

exports.faults = [
    { name: "schedule-invalid-date", run: schedule },
    { name: "search-unfinished-group", run: search },
    { name: "share-without-scheme", run: shareLink },
    { name: "artist-malformed-escape", run: artistPage },
    { name: "listing-not-iterable", run: listing },
    { name: "listing-compare-missing", run: sortedListing },
    { name: "overview-name-unknown", run: overview },
];
