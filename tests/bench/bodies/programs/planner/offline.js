// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Trips without a network: the browser's database, and a worker that packs them.
import * as Sentry from "@sentry/browser";

function opened(name, version) {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(name, version);
        request.onupgradeneeded = () => request.result.createObjectStore("trips", { keyPath: "id" });
        request.onerror = () => reject(request.error);
        request.onsuccess = () => resolve(request.result);
    });
}

function put(database, trip) {
    database.transaction("trips", "readwrite").objectStore("trips").put(trip);
    database.close();
}

export async function sync(number, version) {
    const database = await opened(`planner-${number}`, version);
    if (version) database.close();
    else put(database, { title: "without a key", number });
}

export function worker(number) {
    const source = `function pack(trip) { return trip.days.length; }\nonmessage = (message) => pack(message.data.trip);`;
    const packing = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    packing.onerror = (event) => {
        Sentry.captureException(new Error(`packing of trip ${number} failed: ${event.message}`));
    };
    packing.postMessage({ number });
}
