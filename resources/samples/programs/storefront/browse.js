// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looking around: search, orders, news, delivery, guides.

class ApiError extends Error {
    name = "ApiError";
    constructor(path, status, options) {
        super(`${path} answered ${status}`, options);
        this.status = status;
    }
}

async function ask(path) {
    const response = await fetch(path);
    if (!response.ok) throw new ApiError(path, response.status);
    return response.json();
}

function render(answer) {
    return answer.results.map((lamp) => lamp.name).join(", ");
}

export async function search({ variant }) {
    const answer = await ask(`/api/search?q=${["lamp", "shade", "bulb"][variant]}`);
    document.title = render(answer);
}

export async function orders({ Sentry }) {
    try {
        await ask("/api/gone/orders");
    } catch (error) {
        Sentry.captureException(error, { tags: { retried: "yes" } });
    }
}

export async function news({ Sentry }) {
    try {
        await ask("/api/broken-json");
    } catch (cause) {
        Sentry.captureException(new Error("News could not be read", { cause }));
    }
}

function formatter(zone) {
    return new Intl.DateTimeFormat("en", { timeZone: zone, weekday: "long" });
}

export function deliveryDays({ variant }) {
    const zone = ["Europe/Lisbao", "Asia/Oosaka", "US/Reno"][variant];
    document.title = formatter(zone).format(new Date());
}

export async function guide({ variant }) {
    await import(`./guide-${variant}.js`);
}

function shareLink(lamp) {
    return new URL(lamp.path, lamp.base).href;
}

export function share({ variant }) {
    const lamp = { path: "/lamps/bulb-e27", base: ["//", "shop", "http//shop"][variant] };
    navigator.clipboard?.writeText(shareLink(lamp));
    shareLink(lamp);
}
