# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the end-to-end tests do on a desktop: see the window through AT-SPI, act with a real mouse and keyboard,
read the collector's web API, fire an action of a notification through dunst, keep pictures.

Runs inside tests/e2e/session.sh with /usr/bin/python3, which sees Debian's modules."""

import json
import os
import pathlib
import subprocess
import time
import urllib.error
import urllib.request

import pyatspi

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHOTS = ROOT / "build" / "screenshots"


class Failure(Exception):
    """A line of the test that is not true."""


def wait_for(what, predicate, seconds=30.0):
    """Calls predicate until it gives something true and returns that; fails with `what` after so many seconds."""
    deadline = time.monotonic() + seconds
    last = None
    while time.monotonic() < deadline:
        try:
            result = predicate()
            if result:
                return result
        except (urllib.error.URLError, ConnectionError, LookupError, RuntimeError) as error:
            last = error
        except Exception as error:  # pyatspi raises GLib errors while the tree changes under it
            last = error
        time.sleep(0.1)
    raise Failure(f"waited {seconds:.0f} s for: {what}" + (f" ({last})" if last else ""))


def check(what, condition, detail=""):
    """One line of the test."""
    if not condition:
        raise Failure(f"{what} {detail}".strip())
    print(f"ok: {what}", flush=True)


# --- the window -----------------------------------------------------------------------------------------------


def application(name="vedette"):
    """The program's root on the accessibility bus, or None."""
    desktop = pyatspi.Registry.getDesktop(0)
    for app in desktop:
        if app is not None and app.name.lower() == name:
            return app
    return None


def walk(node, depth=0, limit=40):
    """Every accessible below and including node, in order."""
    if node is None or depth > limit:
        return
    yield node
    for index in range(node.childCount):
        yield from walk(node.getChildAtIndex(index), depth + 1, limit)


def showing(node):
    state = node.getState()
    return state.contains(pyatspi.STATE_SHOWING) and state.contains(pyatspi.STATE_VISIBLE)


def find(root, role=None, name=None, contains=None, visible=True):
    """The first accessible of that role ("push button") whose name is, or contains, the text."""
    for node in walk(root):
        if role and node.getRoleName() != role:
            continue
        if name is not None and node.name != name:
            continue
        if contains is not None and contains not in (node.name or ""):
            continue
        if visible and not showing(node):
            continue
        return node
    return None


def find_all(root, role=None, contains=None):
    """All showing accessibles of that role whose name contains the text."""
    return [
        node
        for node in walk(root)
        if (not role or node.getRoleName() == role)
        and (contains is None or contains in (node.name or ""))
        and showing(node)
    ]


def dump(root):
    """The tree as text, for a failing test."""
    lines = []

    def visit(node, depth):
        if node is None or depth > 40:
            return
        mark = "" if showing(node) else " (hidden)"
        lines.append("  " * depth + f"{node.getRoleName()} '{node.name}'{mark}")
        for index in range(node.childCount):
            visit(node.getChildAtIndex(index), depth + 1)

    visit(root, 0)
    return "\n".join(lines)


def centre(node):
    box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    return box.x + box.width // 2, box.y + box.height // 2


def xdotool(*arguments):
    subprocess.run(["xdotool", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def click(node):
    """A real click in the middle of it."""
    x, y = centre(node)
    xdotool("mousemove", x, y, "click", 1)


def keys(*names):
    xdotool("key", "--clearmodifiers", *names)


def type_text(text):
    xdotool("type", "--clearmodifiers", "--delay", "5", text)


def window_area():
    """WIDTHxHEIGHT+X+Y of the program's window, without the window manager's frame; None where there is none."""
    app = application()
    frame = find(app, role="frame") if app else None
    if frame is None:
        return None
    box = frame.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    return f"{box.width}x{box.height}+{max(0, box.x)}+{max(0, box.y)}"


def picture(name, window_only=False):
    """Keeps what is on the screen, or the window with what is over it, as build/screenshots/NAME.png."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    path = SHOTS / f"{name}.png"
    area = window_area() if window_only else None
    crop = ["-crop", area, "+repage"] if area else []
    subprocess.run(["import", "-window", "root", *crop, str(path)], check=True)
    return path


# --- the collector --------------------------------------------------------------------------------------------


class Collector:
    """The web API of a running collector, as any client would use it."""

    def __init__(self, ready):
        self.url = ready["url"]
        self.dsn = ready["dsn"]
        self.token = ready["token"]
        self.organization = ready["organization"]

    def call(self, path, method="GET", body=None):
        request = urllib.request.Request(
            f"{self.url}/api/0/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def issues(self, query="is:unresolved", sort="freq"):
        return self.call(f"organizations/{self.organization}/issues/?query={urllib.request.quote(query)}&sort={sort}")

    def issue(self, issue_id):
        return self.call(f"organizations/{self.organization}/issues/{issue_id}/")


# --- notifications --------------------------------------------------------------------------------------------


def notifications():
    """How many dunst shows now."""
    out = subprocess.run(["dunstctl", "count", "displayed"], check=True, capture_output=True, text=True).stdout
    return int(out.strip() or 0)


def fire_action(label):
    """Fires the action with that label of a shown notification, through dunst's context menu, as a user would."""
    pathlib.Path(os.environ["VEDETTE_DUNST_PICK"]).write_text(label)
    subprocess.run(["dunstctl", "context"], check=True, timeout=20)
