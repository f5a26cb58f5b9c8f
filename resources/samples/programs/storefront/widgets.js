// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The moving parts of a page.

function turn(picture) {
    picture.style.opacity = "1";
}

function nextPicture() {
    turn(document.querySelector(".carousel .current"));
}

export function carousel() {
    setTimeout(nextPicture, 10); // the visitor has left the page by then
}

export function zoom({ variant, Sentry }) {
    const report = (violation) => {
        Sentry.captureMessage(`Blocked 'image' from '${new URL(violation.blockedURI).hostname}'`, {
            level: "warning",
            tags: { "effective-directive": violation.effectiveDirective, disposition: violation.disposition },
            extra: { policy: violation.originalPolicy, blocked: violation.blockedURI },
        });
    };
    document.addEventListener("securitypolicyviolation", report, { once: true });
    const picture = new Image();
    picture.src = `http://pictures.example.net/lamp-40-${variant}.webp`;
    document.getElementById("page").append(picture);
}

export function paint({ variant }) {
    const card = document.createElement("div");
    card.className = "card";
    card.dataset.cents = 4990 + variant;
    document.getElementById("page").append(card); // without a .price
    window.paintPrices();
}

function unfold(entry) {
    return entry.children.map(unfold);
}

export function menu() {
    const lamps = { name: "Lamps", children: [] };
    lamps.children.push({ name: "All", children: [lamps] });
    unfold(lamps);
}

export function cardForm({ variant }) {
    const version = 3 + variant;
    if (!window.CardForm) throw `card form ${version} did not load`;
}

export function draft({ variant }) {
    const review = { stars: 3 + variant, text: "Bright", onSave() {} };
    history.replaceState(review, "");
}

const clause =
    "The customer accepts that lamps may be brighter than they look in pictures, that colours differ from screen to " +
    "screen, and that a lamp which was unpacked, mounted, lit and admired can be sent back only together with its box, " +
    "its screws, its paper and the receipt that came with it. ";

export function terms({ variant }) {
    throw new Error(`No translation for: ${clause.repeat(2 + variant).trim()}`);
}

export function compare({ variant, Sentry }) {
    const ms = 412 + 90 * variant;
    Sentry.captureMessage("Interaction took longer than 400 ms", { level: "warning", extra: { ms, target: "button.compare" } });
}

export function consent({ Sentry }) {
    Sentry.captureMessage("Consent of an unknown version, asked again", { level: "info" });
}
