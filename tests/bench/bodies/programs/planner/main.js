// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A trip planner on @sentry/browser. One fault after the other breaks for real; what it is called is posted for
// record.py.
import * as Sentry from "@sentry/browser";

const settings = await (await fetch("/visit")).json();

let fault = "";
let seen = () => {};
Sentry.init({
    dsn: settings.dsn,
    release: settings.release,
    environment: "production",
    sendClientReports: false,
    integrations: (defaults) => [
        ...defaults.filter((integration) => integration.name !== "BrowserSession" && integration.name !== "Dedupe"),
        Sentry.contextLinesIntegration(),
        Sentry.extraErrorDataIntegration(),
    ],
    beforeSend(event) {
        if (fault) navigator.sendBeacon("/named", `${event.event_id} ${fault}`);
        setTimeout(seen, 30);
        return event;
    },
});

const { identify, leave } = await import("./trail.js");
const { faults } = await import("./faults.js");

// Opens a trip as the planner's router would, then does what a visitor does there: a real click on a real button.
async function visit(entry, number) {
    Sentry.getIsolationScope().clearBreadcrumbs();
    Sentry.setContext("state", null);
    Sentry.setTag("experiment", undefined);
    Sentry.setExtra("viewport", undefined);
    identify(number);
    await leave(number);
    const reported = new Promise((resolve) => { seen = resolve; });
    const button = document.createElement("button");
    button.className = `action ${entry.name.split("-")[0]}`;
    button.textContent = entry.name.split("-")[0];
    button.addEventListener("click", () => entry.run(number));
    document.getElementById("page").replaceChildren(button);
    fault = entry.name;
    button.click();
    await Promise.race([reported, new Promise((resolve) => setTimeout(resolve, 4000))]);
    fault = "";
}

for (const [index, entry] of faults.entries()) {
    if (index % settings.visits === settings.visit) await visit(entry, index);
}
await Sentry.flush(10000);
navigator.sendBeacon("/done");
