// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What breaks, by name.
import * as Sentry from "@sentry/browser";
import { Chart, Clock, Editor, Gallery, Marker, Price, Swatch, show } from "./components.js";
import { sync, worker } from "./offline.js";
import { token } from "./trail.js";

const planner = window.planner;
const stop = (x) => ({ id: x, x, y: x * 2 });
const trip = (number) => ({ id: number, title: "Ōsaka", days: [{ stops: [] }, { stops: [stop(1), stop(number)] }], tickets: [{ price: { cents: 990 } }, {}] });

class RouteError extends Error {
    name = "RouteError";
    constructor(message, details, options) {
        super(message, options);
        Object.assign(this, details);
    }
}

async function ask(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new RouteError(`${path} answered ${answer.status}`, { status: answer.status });
    return answer.json();
}

async function routeOf(number) {
    try {
        return await ask(`/api/gone/routes/${number}`);
    } catch (cause) {
        throw new RouteError(`no route for trip ${number}`, { trip: number, legs: [3, 4, number] }, { cause });
    }
}

async function bestRoute(number) {
    try {
        return await routeOf(number);
    } catch (cause) {
        throw new Error("the planner has no proposal", { cause });
    }
}

const loop = () => {
    const root = { children: [] };
    root.children.push({ children: [root] });
    return root;
};

// A stack of its own: the number of frames that Chromium keeps is ten unless it is told otherwise.
Error.stackTraceLimit = 60;

function* walk(node) {
    yield node.name;
    for (const child of node.children) yield* walk(child);
}

const outline = (depth) => (depth ? { name: `level ${depth}`, children: [outline(depth - 1)] } : { name: "leaf" });

const elementOf = (selector) => document.querySelector(selector);
const patternOf = (place) => new RegExp(`(?<place>${place}`);
const placeIn = (query) => decodeURIComponent(query.slice(6));
const tilesOf = (count) => new Float32Array(count);
const remember = (trips, id) => {
    trips.last = id;
};

export const faults = [
    { name: "leg-end-undefined", run: (n) => planner.distance(trip(n)) },
    { name: "listener-not-function", run: (n) => { planner.listeners = [{ moved() {} }, {}]; planner.notify("moved", n); } },
    { name: "ticket-price-undefined", run: (n) => planner.price(trip(n), "EUR") },
    { name: "price-currency-invalid", run: (n) => planner.price({ tickets: [] }, `E${n}`) },
    { name: "place-unknown", run: (n) => planner.place(`Atlantis ${n}`) },
    { name: "saved-trip-not-json", run: (n) => planner.parse(`{"id": ${n}, "days": [,]}`) },
    { name: "saved-day-without-stops", run: (n) => planner.parse(`{"id": ${n}, "days": [{"stops": [1]}, {}]}`) },
    { name: "swap-past-end", run: (n) => planner.swap([stop(1), stop(2)], 0, n + 2) },
    { name: "canvas-missing", run: (n) => planner.draw(`map-${n}`) },
    { name: "outline-recursion", run: () => planner.unfold(loop(), 0) },
    { name: "share-title-not-latin", run: (n) => planner.share({ ...trip(n), host: "https://trips.example.org" }) },
    { name: "share-host-invalid", run: (n) => planner.share({ ...trip(n), host: "trips" }) },
    { name: "timer-canvas-missing", run: (n) => setTimeout(planner.draw, 5, `late-${n}`) },
    { name: "frame-leg-undefined", run: (n) => requestAnimationFrame(function paint() { planner.legs({ stops: [stop(n)] }); }) },
    { name: "marker-position-missing", run: (n) => show(new Marker({ number: n }), n) },
    { name: "clock-zone-unknown", run: (n) => show(new Clock({ zone: "Asia/Oosaka" }), n) },
    { name: "price-digits-range", run: (n) => show(new Price({ amount: 4.9, digits: 101 + n }), n) },
    { name: "gallery-source-missing", run: (n) => show(new Gallery({ pictures: [{ source: { url: "a" } }, {}] }), n) },
    { name: "chart-wrong-parent", run: (n) => show(new Chart({ before: document.body }), n) },
    { name: "editor-attribute-invalid", run: (n) => show(new Editor({ attribute: `${n} yes` }), n) },
    { name: "swatch-private-member", run: (n) => show(new Swatch({ other: { colour: n } }), n) },
    { name: "route-unavailable-cause", run: (n) => { bestRoute(n).catch((error) => Sentry.captureException(error, { tags: { retried: "yes" } })); } },
    { name: "route-rejected", run: (n) => { routeOf(n); } },
    { name: "feed-not-json", run: (n) => { ask("/api/broken-json").catch((cause) => Sentry.captureException(new Error(`tiles of ${n} are not readable`, { cause }))); } },
    { name: "offline-host", run: () => { ask("http://offline.example.net/tiles"); } },
    { name: "request-aborted", run: (n) => { fetch(`/api/slow/${n}`, { signal: AbortSignal.abort() }); } },
    { name: "rejected-object", run: (n) => { Promise.reject({ code: "E_FULL", trip: n, places: ["lisboa", "nara"], left: 0 }); } },
    { name: "rejected-text", run: (n) => { Promise.reject(`seat ${n} is gone`); } },
    { name: "thrown-text", run: (n) => { throw `widget ${n} did not load`; } },
    { name: "all-carriers-refused", run: (n) => { Promise.any(["bus", "train", "boat"].map((name) => ask(`/api/gone/${name}/${n}`))); } },
    { name: "state-not-cloneable", run: (n) => history.replaceState({ number: n, undo() {} }, "") },
    { name: "storage-full", run: (n) => localStorage.setItem("trips", token(n, "trips", 64).repeat(100000)) },
    { name: "selector-invalid", run: (n) => elementOf(`.day:nth(${n}`) },
    { name: "outline-children-missing", run: (n) => [...walk(outline(8 + (n % 9)))] },
    { name: "sync-database", run: (n) => { sync(n); } },
    { name: "sync-version", run: (n) => { sync(n, 2).then(() => sync(n, 1)); } },
    { name: "worker-broke", run: (n) => worker(n) },
    { name: "module-missing", run: (n) => { import(`./pages/day-${n}.js`); } },
    { name: "pattern-unfinished", run: (n) => patternOf(`[a-z]{${n},1}`) },
    { name: "escape-malformed", run: (n) => placeIn(`place=${n}%E0%A4%A`) },
    { name: "frozen-settings", run: (n) => remember(Object.freeze(planner.trips), n) },
    { name: "tiles-negative", run: (n) => tilesOf(3 - n) },
    { name: "map-slow", run: (n) => Sentry.captureMessage("Map took longer than promised", { level: "warning",
        extra: { took: 4100 + n, tiles: Array.from({ length: 18 }, (_, i) => ({ id: token(n, i, 16), z: i, ms: i * 31 })) } }) },
    { name: "consent-changed", run: (n) => Sentry.captureMessage(`Consent ${n} was changed`, { level: "info", fingerprint: ["consent", "changed by hand"] }) },
    { name: "csp-seen", run: (n) => Sentry.captureEvent({ message: `Blocked 'image' from 'pictures-${n}.example.net'`, level: "warning", logger: "csp",
        tags: { "effective-directive": "img-src" }, extra: { policy: "default-src 'self'; img-src 'self' https://pictures.example.org; frame-ancestors 'none'" } }) },
];
