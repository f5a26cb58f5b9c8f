// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `node node.cjs MODULE WHERE`: an error that is thrown, a message, an attachment and feedback through the SDK that
// MODULE names. WHERE is a DSN, `spotlight` (no DSN: SENTRY_SPOTLIGHT says where) or `spotlight=URL`.
const [module_, where] = [process.argv[2], process.argv[3]];
const Sentry = require(module_);

const options = { release: "desk@1.2.0", environment: "staging", tracesSampleRate: 1, serverName: "desk-1" };
if (where.startsWith("spotlight=")) options.spotlight = where.slice("spotlight=".length);
else if (where !== "spotlight") options.dsn = where;
Sentry.init(options);

function shelve(book) {
    return book.shelf.number + 1;
}

async function main() {
    Sentry.setUser({ id: "41", email: "reader@example.org" });
    Sentry.setTag("branch", "north");
    Sentry.addBreadcrumb({ category: "desk", message: "book 812 scanned", level: "info" });
    let event;
    Sentry.withScope((scope) => {
        scope.addAttachment({ filename: "shelf list.txt", data: "1 2 3\n".repeat(400), contentType: "text/plain" });
        try {
            shelve({ title: "On shelves" });
        } catch (error) {
            event = Sentry.captureException(error);
        }
    });
    Sentry.captureMessage("the desk closed 12 minutes late", "warning");
    Sentry.startSpan({ name: "GET /shelves", op: "http.server" }, () => {});
    Sentry.captureFeedback({
        message: "I lost my place",
        name: "A Reader",
        email: "reader@example.org",
        associatedEventId: event,
    });
    console.log(JSON.stringify({ event }));
    // With Spotlight alone there is no transport to wait for: the requests keep the process alive themselves.
    if (options.dsn && !(await Sentry.flush(20000))) process.exit(1);
}

main();
