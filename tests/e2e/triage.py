# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole loop with real parts: real SDKs throw, the real window shows, a click resolves, a spike notifies.

Run through tests/e2e/session.sh; the argument is the program."""

import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import desktop
from desktop import check, find, wait_for
from program import Program

HERE = pathlib.Path(__file__).parent
NODE_TITLE = "TypeError: Cannot read properties of undefined (reading 'total')"


def throw_node(dsn, count):
    environment = dict(os.environ, NODE_PATH=str(desktop.ROOT / "build" / "npm" / "node_modules"))
    subprocess.run(["node", str(HERE / "throw.cjs"), dsn, str(count)], check=True, env=environment, timeout=120)


def throw_python(dsn, *arguments):
    subprocess.run(["/usr/bin/python3", str(HERE / "throw.py"), dsn, *map(str, arguments)], check=True, timeout=300)


def rows(app):
    """The accessible sentences of the list's rows, top first."""
    table = find(app, name="Issues", visible=True)
    if table is None:
        return []
    cells = [node for node in desktop.walk(table) if node.getRoleName() in ("table cell", "tree item", "list item")]
    return [node for node in cells if node.name and " event" in node.name]


def order(app):
    return [row.name for row in rows(app)]


def issue_titled(collector, text, query=""):
    for issue in collector.issues(query):
        if text in issue["title"]:
            return issue
    return None


def main():
    program = Program(sys.argv[1], "triage")
    program.folder.mkdir(parents=True)
    program.start()
    app = wait_for("the program on the accessibility bus", desktop.application, 60)
    try:
        run(program, app)
    except Exception:
        desktop.picture("e2e-failed")
        print(desktop.dump(app)[:8000])
        program.process.kill()
        raise
    program.__exit__(None, None, None)


def run(program, app):
    way = wait_for("the three ways in", lambda: find(app, role="push button", name="Start the collector"))
    check("the first start shows three ways in",
          find(app, name="Add an account") is not None and find(app, name="Open the samples") is not None)
    desktop.picture("e2e-1-first-start")
    desktop.click(way)
    collector = program.collector()
    check("the collector runs after one click", collector.url.startswith("http://127.0.0.1:"))

    # A quiet past for the stock job, before anything is watched for it: two failures in each of 24 hours.
    throw_python(collector.dsn, "history", 24, 2)
    throw_node(collector.dsn, 12)
    throw_python(collector.dsn, "payment", 5)
    wait_for("three issues at the collector", lambda: len(collector.issues()) == 3)
    issues = {issue["title"]: issue for issue in collector.issues()}
    check("the SDKs' exceptions are grouped", sorted(int(i["count"]) for i in issues.values()) == [5, 12, 48], issues)

    wait_for("three rows in the window", lambda: len(order(app)) >= 3, 40)
    shown = order(app)
    check("they are sorted by count", shown == sorted(shown, key=lambda text: -events_of(text)), shown)
    desktop.picture("e2e-2-list")

    # Resolve the shop's TypeError with a click.
    row = wait_for("the TypeError's row", lambda: next((r for r in rows(app) if NODE_TITLE in r.name), None))
    desktop.click(row)
    wait_for("its title in the detail", lambda: find(app, role="label", name=NODE_TITLE))
    wait_for("its stack", lambda: find(app, contains="Frame renderTotals"))
    wait_for("its breadcrumb", lambda: find(app, contains="GET /api/cart/c_812"))
    desktop.picture("e2e-3-detail")
    desktop.click(wait_for("the Resolve button", lambda: find(app, role="push button", name="Resolve")))
    wait_for("the resolution at the server",
             lambda: issue_titled(collector, "TypeError")["status"] == "resolved")
    check("a click on Resolve reached the server", True)

    # Take the KeyError with one key.
    row = wait_for("the KeyError's row", lambda: next((r for r in rows(app) if "KeyError" in r.name), None))
    desktop.click(row)
    wait_for("the KeyError in the detail", lambda: find(app, role="label", contains="KeyError"))
    desktop.keys("m")
    wait_for("the assignment at the server",
             lambda: (issue_titled(collector, "KeyError").get("assignedTo") or {}).get("type") == "user")
    check("an assignment reached the server", True)

    # A spike of the stock job, and its end from the notification.
    throw_python(collector.dsn, "stock", 150)
    wait_for("the spike in the sidebar", lambda: spiking(app), 60)
    desktop.picture("e2e-4-spike")
    def resolve_from_notice():
        desktop.fire_action("#Resolve (Spike in")
        return any("only 3 of lamp" in i["title"] and i["status"] == "resolved" for i in collector.issues(""))
    wait_for("the notification's Resolve at the server", resolve_from_notice, 60)
    check("the notification's Resolve resolved on the server", True)
    desktop.picture("e2e-5-resolved")


def events_of(sentence):
    found = re.search(r"(\d+) event", sentence)
    return int(found.group(1)) if found else 0


def spiking(app):
    return find(app, contains="Spiking, 1")


if __name__ == "__main__":
    main()
