# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop program of an end-to-end test, on a data folder of its own, with the built-in collector."""

import json
import os
import pathlib
import signal
import subprocess
import time
import urllib.request
import uuid

import desktop


class Program:
    """Starts it; as a context manager ends it, too, and fails where it did not end well."""

    def __init__(self, executable, name, *arguments):
        self.executable = executable
        self.folder = pathlib.Path(os.environ["VEDETTE_WORLD"]) / name
        self.arguments = arguments
        self.process = None

    def history(self, *faults):
        """Faults that happened before the desktop program first looked, and SteadyFault twice an hour: taken by
        `vedette collect`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [self.executable, "collect", "--listen", "127.0.0.1:0", "--data-dir", str(self.folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as alone:
            ready = json.loads(alone.stdout.readline())
            for fault in faults:
                send(ready["dsn"], fault)
            for hour in range(1, 23):
                send(ready["dsn"], "SteadyFault", 2, hour * 3600)
            alone.terminate()
        desktop.check("the collector alone ends cleanly", alone.returncode == 0)
        return self

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = self.folder / "settings.ini"
        if not settings.exists():
            settings.write_text("[collector]\nenabled=true\n")
        self.start()
        return self

    def start(self):
        command = [self.executable, "--data-dir", str(self.folder), *self.arguments]
        self.process = subprocess.Popen(command)

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=20)
        if kind is None:
            desktop.check("the program ends cleanly", code == 0, f"exit code {code}")

    def is_running(self):
        return self.process.poll() is None

    def collector(self):
        """The collector's web API, as soon as it answers."""

        def ready():
            note = json.loads((self.folder / "collector" / "lock").read_text().strip() or "{}")
            token = (self.folder / "collector" / "token").read_text().strip()
            if not note.get("url"):
                return None
            found = desktop.Collector({"url": note["url"], "dsn": "", "token": token, "organization": "local"})
            project = found.call("organizations/local/projects/")[0]["slug"]
            found.dsn = found.call(f"projects/local/{project}/keys/")[0]["dsn"]["public"]
            return found

        return desktop.wait_for("the collector", ready)


def send(dsn, what, count=1, seconds_ago=0):
    """Events of one issue, as an SDK sends them."""
    head, _, host = dsn.partition("@")
    scheme, _, key = head.partition("://")
    host, _, project = host.rpartition("/")
    for _ in range(count):
        event = {
            "event_id": uuid.uuid4().hex,
            "timestamp": time.time() - seconds_ago,
            "platform": "python",
            "level": "error",
            "exception": {"values": [{"type": what, "value": f"{what} happened", "stacktrace": {
                "frames": [{"filename": f"{what}.py", "function": what, "lineno": 1, "in_app": True}]}}]},
        }
        request = urllib.request.Request(
            f"{scheme}://{host}/api/{project}/store/", data=json.dumps(event).encode(),
            headers={"X-Sentry-Auth": f"Sentry sentry_version=7, sentry_key={key}"})
        urllib.request.urlopen(request, timeout=10).read()
