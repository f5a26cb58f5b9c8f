// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shop front of the sample shop on @sentry/browser. A visit goes from page to page; on each something breaks for
// real. What it is called is posted for record.py.
import * as Sentry from "@sentry/browser";

const settings = await (await fetch("/visit")).json(); // who visits, and which release of the shop
const { variant } = settings;

let issue = "";
let seen = () => {};
Sentry.init({
    dsn: settings.dsn,
    release: settings.release,
    environment: settings.environment,
    maxBreadcrumbs: 30,
    attachStacktrace: false,
    sendClientReports: false,
    integrations: (defaults) => [
        ...defaults.filter((integration) => integration.name !== "BrowserSession" && integration.name !== "Dedupe"),
        Sentry.contextLinesIntegration(),
    ],
    beforeSend(event) {
        navigator.sendBeacon("/named", `${event.event_id} ${issue}`);
        setTimeout(seen, 30);
        return event;
    },
});
const users = [
    { id: "4101", username: "blue-otter", email: "blue-otter@example.org" },
    { id: "4107", username: "quiet-lynx", email: "quiet-lynx@example.net" },
    { id: "4142", username: "low.tide", email: "low.tide@example.com" },
];
Sentry.setUser({ ...users[variant], ip_address: `203.0.113.${30 + variant}` });
Sentry.setTags({ locale: ["pt-PT", "ja-JP", "en-US"][variant], shop: ["eu", "ap", "us"][variant], bucket: "b" });
Sentry.setContext("basket", { id: `c_${812 + variant}`, items: 2 + variant, total: 49.9 * (variant + 1) });

const { pages } = await import("./pages.js");

// Opens a page as its router would, then does what a visitor does there: a real click on a real button.
async function visit(page) {
    issue = page.issue;
    const reported = new Promise((resolve) => { seen = resolve; });
    history.pushState(null, "", page.path);
    document.getElementById("page").innerHTML = `<section class="${page.issue.split("-")[0]}"></section>`;
    await fetch(`/api/pages?path=${encodeURIComponent(page.path)}`);
    const button = document.createElement("button");
    button.className = `button ${page.button}`;
    button.textContent = page.button;
    button.addEventListener("click", () => page.act({ variant, Sentry }));
    document.querySelector("#page section").append(button);
    console.info(`page ${page.path} is ready`);
    button.click();
    await Promise.race([reported, new Promise((resolve) => setTimeout(resolve, 4000))]);
}

for (const page of pages) await visit(page);
await Sentry.flush(10000);
navigator.sendBeacon("/done");
