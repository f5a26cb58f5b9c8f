# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""`vedette collect` as the tests of its folder use it."""

import json
import subprocess
import sys
import urllib.error
import urllib.request


def check(what, condition, detail=""):
    if not condition:
        sys.exit(f"FAILED: {what} {detail}")
    print(f"ok: {what}", flush=True)


class Collector:
    """`vedette collect` on a folder, ended with the block."""

    def __init__(self, program, data, before=()):
        """`before` is put in front of the command."""
        self.process = subprocess.Popen([*before, program, "collect", "--listen", "127.0.0.1:0", "--data-dir", str(data)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"FAILED: the collector did not start: {self.process.stderr.read()}")
        self.ready = json.loads(line)
        self.said = ""
        self.retry_after = None
        self.url = self.ready["url"]
        self.key = self.ready["dsn"].split("//")[1].split("@")[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        self.process.stdout.close()
        self.process.stderr.close()

    def send(self, number, message="hello", extra=""):
        """Sends the event of that number; returns the status, and keeps the answer's words in `said`."""
        body = f'{{"event_id":"{number:032x}"}}\n{{"type":"event"}}\n{json.dumps({"message": message, "extra": {"extra": extra}})}\n'
        request = urllib.request.Request(f"{self.url}/api/1/envelope/?sentry_key={self.key}", body.encode())
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            self.said = json.load(refusal)["detail"]
            self.retry_after = refusal.headers["Retry-After"]
            return refusal.code

    def get(self, path):
        request = urllib.request.Request(f"{self.url}/api/0/{path}",
                                         headers={"Authorization": f"Bearer {self.ready['token']}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def titles(self):
        return sorted(row["title"] for row in self.get(f"organizations/{self.ready['organization']}/issues/?query="))
