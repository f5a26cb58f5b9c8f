# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Triage by keyboard alone, on a server that goes away and a program that is killed: the list is there before the
server is, what was decided meanwhile arrives once, and the token is in the keychain and in no file."""

import json
import os
import pathlib
import signal
import subprocess
import sys

import desktop
from desktop import check, find, wait_for
from program import Program, send

WORLD = pathlib.Path(os.environ["VEDETTE_WORLD"])
FAULTS = {"FirstFault": 4, "SecondFault": 3, "ThirdFault": 2}


class Server:
    """A collector of its own process, that can go and come back."""

    def __init__(self, executable):
        self.executable = executable
        self.folder = WORLD / "server"
        self.address = "127.0.0.1:0"
        self.start()

    def start(self):
        command = [self.executable, "collect", "--listen", self.address, "--data-dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        self.address = self.ready["url"].removeprefix("http://")
        self.api = desktop.Collector(self.ready)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def status(self, fault):
        return next(issue for issue in self.api.issues("") if fault in issue["title"])


def titles(app):
    """The rows of the list, top first."""
    table = find(app, name="Issues")
    if table is None:
        return []
    return [node.name for node in desktop.walk(table) if node.name and " event" in node.name and "Fault" in node.name]


def files_with(text):
    """Files below the world that hold the text, the server's own folder left out."""
    found = []
    for path in WORLD.rglob("*"):
        if path.is_file() and WORLD / "server" not in path.parents and not path.is_socket():
            try:
                if text.encode() in path.read_bytes():
                    found.append(str(path))
            except OSError:
                pass
    return found


def connect(app, server):
    wait_for("the three ways in", lambda: find(app, role="push button", name="Add an account"))
    desktop.keys("ctrl+n")
    wait_for("the account dialog", lambda: find(app, contains="Token"))
    desktop.type_text(server.ready["url"])
    desktop.keys("Tab")
    wait_for("the server's name", lambda: find(app, contains="There is a Vedette collector"))
    desktop.type_text(server.ready["token"])
    desktop.keys("Return")


def main():
    executable = sys.argv[1]
    server = Server(executable)
    for fault, count in FAULTS.items():
        send(server.ready["dsn"], fault, count)

    program = Program(executable, "offline")
    program.folder.mkdir(parents=True)
    (program.folder / "settings.ini").write_text("[collector]\nenabled=false\n")
    program.start()
    try:
        run(program, server)
    except Exception:
        desktop.picture("e2e-failed")
        app = desktop.application()
        if app:
            print(desktop.dump(app)[:8000])
        program.process.kill()
        raise
    finally:
        server.process.kill()
    program.__exit__(None, None, None)


def run(program, server):
    app = wait_for("the program", desktop.application, 60)
    connect(app, server)
    wait_for("three rows", lambda: len(titles(app)) == 3)
    check("an account is added by keyboard alone", "FirstFault" in titles(app)[0], titles(app))
    check("the token is in no file", files_with(server.ready["token"]) == [], files_with(server.ready["token"]))

    desktop.keys("j", "m")
    wait_for("the assignment", lambda: server.status("FirstFault")["assignedTo"])
    desktop.keys("j", "e")
    wait_for("the archiving", lambda: server.status("SecondFault")["status"] == "ignored")
    check("m and e reach the server", True)

    server.stop()
    desktop.keys("F5")
    wait_for("the light to say so", lambda: find(app, contains="unreachable") or find(app, contains="cannot be reached"))
    desktop.keys("Home", "r")
    wait_for("the action to wait", lambda: find(app, contains="waiting"))
    wait_for("the row to say so", lambda: any("FirstFault" in row and "resolved" in row for row in titles(app)))
    desktop.picture("e2e-6-offline")

    program.process.send_signal(signal.SIGKILL)
    program.process.wait(timeout=20)
    wait_for("its end on the accessibility bus", lambda: desktop.application() is None)
    program.start()
    app = wait_for("the program again", desktop.application, 60)
    wait_for("the list, though there is no server", lambda: len(titles(app)) >= 1)
    check("what waits is still known", find(app, contains="waiting") is not None, desktop.dump(app)[:4000])
    check("what was decided still stands",
          not any("FirstFault" in row and "resolved" not in row for row in titles(app)), titles(app))
    desktop.picture("e2e-7-restart-offline")

    server.start()
    wait_for("the decision at the server", lambda: server.status("FirstFault")["status"] == "resolved", 90)
    wait_for("nothing to wait", lambda: find(app, contains="waiting") is None)
    check("what was decided offline arrived", server.status("FirstFault")["assignedTo"] is not None)
    activity = [entry["type"] for entry in server.api.call(
        f"organizations/local/issues/{server.status('FirstFault')['id']}/")["activity"]]
    check("it arrived once", activity.count("set_resolved") == 1, activity)
    check("the token is still in no file", files_with(server.ready["token"]) == [])


if __name__ == "__main__":
    main()
