// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who visits, and what a visit leaves behind before it breaks: real clicks, requests, pages and lines on the console.
import * as Sentry from "@sentry/browser";

const people = ["blue.otter", "quiet-lynx", "tall_fern", "paper.kite", "north-star", "low.tide", "amber_moth"];
const places = ["lisboa", "osaka", "tromso", "reno", "porto", "nara"];
const lengths = [8, 14, 24, 34, 46, 60, 78, 96];
const pick = (list, number) => list[number % list.length];

// Numbers that look drawn, and are the same in each recording.
export function drawn(number, salt) {
    let hash = 2166136261;
    for (const c of `${number}/${salt}/planner`) hash = Math.imul(hash ^ c.charCodeAt(0), 16777619);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 2246822519);
    return (hash ^ (hash >>> 13)) >>> 0;
}
export const token = (number, salt, length) =>
    Array.from({ length: Math.ceil(length / 8) }, (_, i) => drawn(number, `${salt}${i}`).toString(16).padStart(8, "0")).join("").slice(0, length);

export function identify(number) {
    const name = pick(people, number * 3);
    const id = String(100000 + (drawn(number, "user") % 50000));
    Sentry.setUser({ id, username: `${name}-${id}`, email: `${name}.${id}@example.org`, ip_address: `203.0.${100 + (number % 99)}.${10 + (number % 80)}` });
    Sentry.setTags({ locale: pick(["pt-PT", "ja-JP", "en-US"], number), bucket: `bucket-${10 + (number % 30)}`, plan: pick(["free", "plus"], number) });
    if (number % 2) Sentry.setTag("experiment", `map-${token(number, "exp", 6)}`);
    Sentry.setContext("trip", { id: `t_${drawn(number, "trip")}`, days: 2 + (number % 12), places: places.slice(0, 1 + (number % 5)), shared: number % 3 === 0 });
    if (number % 3 === 0)
        Sentry.setContext("state", { state: { type: "store", value: { page: "trip", undo: number, stops: Array.from({ length: 2 + (number % 9) }, (_, i) => ({
            id: drawn(number, i), place: pick(places, i), at: `2026-11-${10 + i}T0${i % 10}:30:00Z` })) } } });
    if (number % 4 === 1) Sentry.setExtra("viewport", { zoom: number % 20, centre: [drawn(number, "x") % 180, drawn(number, "y") % 90], tiles: drawn(number, "t") % 400 });
}

const acts = [
    async (n, i) => { await fetch(`/api/trips/${drawn(n, "trip")}/days/${i}?places=${pick(places, n + i)}&trace=${token(n, i, 16)}`, { method: pick(["GET", "POST"], i) }).catch(() => {}); },
    (n, i) => console.info(`tile ${drawn(n, i) % 4000}/${drawn(i, n) % 4000} of ${pick(places, n + i)} is ready after ${drawn(n, i) % 900} ms`),
    (n, i) => console.warn(`route ${token(n, i, 12)} has ${drawn(n, i) % 40} stops`, { id: drawn(i, n), place: pick(places, i) }),
    (n, i) => {
        const item = document.createElement("li");
        item.className = `stop ${pick(places, n + i)}`;
        item.dataset.sentryComponent = pick(["StopList", "DayCard", "Marker"], i);
        document.getElementById("page").append(item);
        item.click();
    },
    (n, i) => history.pushState(null, "", `?trip=t_${drawn(n, "trip")}&day=${i}&place=${pick(places, n * i)}`),
    (n, i) => Sentry.addBreadcrumb({ category: "store", message: `trip/move ${token(n, i, 20)}`, data: { from: drawn(n, i) % 90, to: drawn(i, n) % 90 } }),
];

export async function leave(number) {
    for (let i = 0; i < pick(lengths, number * 5 + 3); ++i) {
        await pick(acts, drawn(number, `act${i}`))(number, i);
        if (i % 8 === 7) await new Promise((resolve) => setTimeout(resolve)); // clicks in one turn count as one
    }
}
