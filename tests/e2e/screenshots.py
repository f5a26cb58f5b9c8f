# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program through its pages and keeps a picture of each, in light and in dark."""

import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import desktop
from desktop import find, wait_for

WORLD = pathlib.Path(os.environ["VEDETTE_WORLD"])


def settle():
    """Until two pictures in a row are the same, at most five seconds."""
    last = None
    for _ in range(10):
        time.sleep(0.5)
        shot = subprocess.run(["import", "-window", "root", "rgb:-"], check=True, capture_output=True).stdout
        if shot == last:
            return
        last = shot


def shoot(name, theme):
    settle()
    desktop.picture(f"{name}-{theme}", window_only=True)


def run(executable, theme, *arguments, folder):
    config = WORLD / folder
    config.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, VEDETTE_THEME=theme)
    return subprocess.Popen([executable, *arguments], env=environment)


def end(process):
    process.send_signal(signal.SIGTERM)
    process.wait(20)


def first_start(executable, theme):
    process = run(executable, theme, "--data-dir", str(WORLD / f"first-{theme}"), folder=f"first-{theme}")
    app = wait_for("the program", desktop.application, 60)
    wait_for("the three ways in", lambda: find(app, role="push button", name="Start the collector"), 30)
    shoot("first-start", theme)
    desktop.keys("ctrl+n")
    wait_for("the account dialog", lambda: find(app, contains="Token"), 10)
    desktop.type_text("https://sntry.invalid")
    desktop.keys("Tab")
    shoot("add-account", theme)
    desktop.keys("Escape")
    desktop.click(find(app, role="push button", name="Start the collector"))
    wait_for("an empty inbox", lambda: find(app, contains="Waiting for the first error"), 30)
    shoot("empty", theme)
    end(process)


def demo(executable, theme):
    process = run(executable, theme, "--demo", folder=f"demo-{theme}")
    app = wait_for("the program", desktop.application, 60)
    table = wait_for("the list", lambda: find(app, name="Issues"), 60)
    wait_for("rows", lambda: table.childCount > 20, 60)
    settle()
    desktop.keys("j", "k")
    shoot("main", theme)
    desktop.keys("j", "j", "j", "j")
    shoot("detail", theme)
    desktop.keys("g", "o")
    shoot("overview", theme)
    desktop.keys("g", "a")
    shoot("alerts", theme)
    desktop.keys("g", "c")
    shoot("collector", theme)
    desktop.keys("g", "i")
    desktop.keys("slash")
    desktop.type_text("nothing has this text")
    desktop.keys("Return")
    wait_for("no row", lambda: find(app, contains="No issue matches"), 20)
    shoot("no-match", theme)
    desktop.keys("Escape")
    desktop.keys("g", "i")
    wait_for("rows again", lambda: table.childCount > 20, 20)
    desktop.keys("question")
    shoot("keys", theme)
    desktop.keys("Escape")
    end(process)


def main():
    for theme in ("light", "dark"):
        first_start(sys.argv[1], theme)
        demo(sys.argv[1], theme)


if __name__ == "__main__":
    main()
