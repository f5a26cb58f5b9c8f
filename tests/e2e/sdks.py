# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real SDKs against a fresh `vedette collect`, each with the same story (sdks/): an error, a message, breadcrumbs, a
user, tags, and what else the SDK has. A long test: only with VEDETTE_FULL=1 (./dev test --full)."""

import contextlib
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

here = pathlib.Path(__file__).resolve().parent
modules = here.parent.parent / "build" / "npm" / "node_modules"


def check(what, condition, detail=""):
    if not condition:
        sys.exit(f"FAILED: {what} {detail}")
    print(f"ok: {what}", flush=True)


def wait_for(what, look, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    sys.exit(f"FAILED: {what} did not happen in {seconds} s")


class Collector:
    """`vedette collect` on a folder and a port of its own, or on the usual port."""

    def __init__(self, program, folder, listen="127.0.0.1:0"):
        command = [program, "collect", "--data-dir", str(folder)]
        if listen:
            command += ["--listen", listen]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        ready = json.loads(self.process.stdout.readline())
        self.url, self.dsn, self.token = ready["url"], ready["dsn"], ready["token"]
        self.organization = ready["organization"]

    def get(self, path):
        request = urllib.request.Request(f"{self.url}/api/0/{path}", headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def issues(self):
        return self.get(f"organizations/{self.organization}/issues/?query=&limit=100")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        check("the collector ends cleanly", self.process.wait(timeout=20) == 0)


def run(*command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"FAILED: {command[0]} {command[1]} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return json.loads(lines[-1]) if lines else {}


def told(collector, name, event_id, title, sdk):
    """What every SDK's error has to have become."""
    issues = wait_for(f"{name}: error and message", lambda: (lambda rows: rows if len(rows) >= 2 else None)(collector.issues()))
    titles = [issue["title"] for issue in issues]
    check(f"{name}: the error is an issue", any(title in text for text in titles), str(titles))
    check(f"{name}: the message is one", any("the desk closed" in text for text in titles), str(titles))
    issue = next(issue for issue in issues if title in issue["title"])
    event = collector.get(f"organizations/{collector.organization}/issues/{issue['id']}/events/latest/")
    if event_id:
        check(f"{name}: under the id that the SDK gave it", event["eventID"] == event_id.replace("-", ""), event["eventID"])
    check(f"{name}: the SDK is known", event["sdk"]["name"].startswith(sdk), str(event["sdk"]))
    check(f"{name}: who it happened to", event["user"]["id"] == "41" and event["user"]["email"] == "reader@example.org")
    tags = {tag["key"]: tag["value"] for tag in event["tags"]}
    check(f"{name}: tags, environment, release", tags.get("branch") == "north" and tags.get("environment") == "staging"
          and "@1.2.0" in tags.get("release", ""), str(tags))
    entries = {entry["type"]: entry["data"] for entry in event["entries"]}
    crumbs = [crumb.get("message") for crumb in entries["breadcrumbs"]["values"]]
    check(f"{name}: breadcrumbs", "book 812 scanned" in crumbs, str(crumbs))
    stack = entries["exception"]["values"][-1]["stacktrace"] if entries["exception"]["values"][-1].get("stacktrace") else None
    check(f"{name}: a stack", bool(stack and stack["frames"]))
    check(f"{name}: no complaint", not event["errors"], str(event["errors"]))
    return issue, event


def attachments(collector, name, issue, event):
    project = issue["project"]["slug"]
    base = f"projects/{collector.organization}/{project}/events/{event['eventID']}/attachments/"
    rows = collector.get(base)
    check(f"{name}: the attachment is there", [row["name"] for row in rows] == ["shelf list.txt"] and rows[0]["size"] == 2400, str(rows))
    request = urllib.request.Request(f"{collector.url}/api/0/{base}{rows[0]['id']}/?download",
                                     headers={"Authorization": f"Bearer {collector.token}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        check(f"{name}: and whole", answer.read() == b"1 2 3\n" * 400)


def slowest(collector, name):
    status = wait_for(f"{name}: the transaction", lambda: (lambda row: row if row.get("transactions") else None)(collector.get("vedette/collector/")))
    check(f"{name}: the transaction counts", any(row["name"] == "GET /shelves" for row in status["transactions"]), str(status["transactions"]))


def node(program, folder, module, name):
    with Collector(program, folder) as collector:
        sent = run("node", here / "sdks" / "node.cjs", modules / module, collector.dsn)
        issue, event = told(collector, name, sent["event"], "TypeError: Cannot read properties of undefined", "sentry.javascript.node")
        attachments(collector, name, issue, event)
        reports = collector.get(f"organizations/{collector.organization}/issues/{issue['id']}/user-reports/")
        check(f"{name}: the feedback", [row["comments"] for row in reports] == ["I lost my place"], str(reports))
        slowest(collector, name)
    spotlight(program, folder / "spotlight", module, name)


def spotlight(program, folder, module, name):
    """No DSN at all: SENTRY_SPOTLIGHT names the collector, or its usual port is found without a word."""
    with Collector(program, folder, listen="") as collector:
        environment = dict(os.environ)
        usual = collector.url.endswith(":8969")
        environment["SENTRY_SPOTLIGHT"] = "1" if usual else f"{collector.url}/stream"
        run("node", here / "sdks" / "node.cjs", modules / module, "spotlight", env=environment)
        issue, _ = told(collector, f"{name}, Spotlight{' on the usual port' if usual else ''}", None, "TypeError", "sentry.javascript.node")
        check(f"{name}, Spotlight: a project after the release", issue["project"]["slug"] in ("desk", "spotlight"), str(issue["project"]))


class Page(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        if parts.path == "/":
            self.answer(200, "text/html", (here / "sdks" / "browser.html").read_bytes())
        elif parts.path.startswith("/modules/") and ".." not in parts.path:
            file = modules / parts.path[len("/modules/"):]
            if file.is_file():
                self.answer(200, "text/javascript", file.read_bytes())
            else:
                self.answer(404, "text/plain", b"no such module")
        elif parts.path == "/done":
            self.server.done = parts.query
            self.answer(200, "text/plain", b"")
        else:
            self.answer(404, "text/plain", b"")

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def visit(query, folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    server.done = None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/?{urllib.parse.urlencode(query)}"
    browser = subprocess.Popen(
        ["chromium", "--no-sandbox", "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-sync", "--disable-component-update", f"--user-data-dir={folder}", "--remote-debugging-port=0", url],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield server
    finally:
        browser.terminate()
        browser.wait(timeout=20)
        server.shutdown()
        server.server_close()


def browser(program, folder):
    with Collector(program, folder / "data") as collector:
        with visit({"dsn": collector.dsn}, folder / "chromium") as page:
            done = wait_for("browser: the page is through", lambda: page.done, 90)
            check("browser: the SDK could read every answer", done == "flushed=true", done)
        _, event = told(collector, "browser", None, "TypeError", "sentry.javascript.browser")
        tags = {tag["key"]: tag["value"] for tag in event["tags"]}
        check("browser: which one it was", "browser.name" in tags and "Chrom" in tags["browser.name"], str(tags))
        check("browser: where", "127.0.0.1" in tags.get("url", ""), str(tags))
    with Collector(program, folder / "spotlight") as collector:
        with visit({"spotlight": f"{collector.url}/stream"}, folder / "chromium2") as page:
            issues = wait_for("browser, Spotlight: the error", lambda: collector.issues(), 90)
            check("browser, Spotlight: the error is an issue", any("TypeError" in issue["title"] or "desk" in issue["title"] for issue in issues))
            status = collector.get("vedette/collector/")
            origins = json.dumps(status)
            check("browser, Spotlight: the origin is told", "127.0.0.1" in origins and "origins" in origins, origins[:400])


def python(program, folder):
    with Collector(program, folder) as collector:
        sent = run("/usr/bin/python3", here / "sdks" / "python.py", collector.dsn)
        issue, event = told(collector, "python", sent["event"], "KeyError", "sentry.python")
        attachments(collector, "python", issue, event)
        slowest(collector, "python")


def go(program, folder):
    environment = dict(os.environ, GO111MODULE="off", GOPATH="/usr/share/gocode", GOCACHE=str(folder / "cache"), GOFLAGS="-buildvcs=false")
    binary = folder / "desk"
    run("go", "build", "-o", binary, here / "sdks" / "main.go", env=environment)
    with Collector(program, folder / "data") as collector:
        sent = run(binary, collector.dsn)
        told(collector, "go", sent["event"], "no shelf for book", "sentry.go")


def ruby(program, folder):
    with Collector(program, folder) as collector:
        sent = run("ruby", here / "sdks" / "ruby.rb", collector.dsn)
        told(collector, "ruby", sent["event"], "KeyError", "sentry.ruby")
        slowest(collector, "ruby")


def main():
    program, which = sys.argv[1], sys.argv[2]
    if not os.environ.get("VEDETTE_FULL"):
        print("a long test: ./dev test --full runs it")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="vedette-sdks-") as work:
        folder = pathlib.Path(work)
        if which == "node10":
            node(program, folder, "@sentry/node", which)
        elif which == "node11":
            version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
            if int(version.lstrip("v").split(".")[0]) < 20:
                print("needs Node 20 or newer, this is", version)
                sys.exit(77)
            node(program, folder, "sentry-node-11", which)
        elif shutil.which({"browser": "chromium", "python": "/usr/bin/python3"}.get(which, which)):
            {"browser": browser, "python": python, "go": go, "ruby": ruby}[which](program, folder)
        else:
            sys.exit(f"FAILED: {which} is not installed")


main()
