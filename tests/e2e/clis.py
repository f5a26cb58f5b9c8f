# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real command lines against a fresh `vedette collect`, as people call them.

  clis.py VEDETTE FOLDER sentry-cli   @sentry/cli
  clis.py VEDETTE FOLDER sentry       npm's sentry

FOLDER is where npm.sh installed them. Everything goes through a proxy that notes the calls: a route that the collector
does not serve fails the test unless the command line's EXCUSED says why. Without VEDETTE_FULL it is skipped (77).
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

import clis_sentry
import clis_sentry_cli
from recordingproxy import RecordingProxy

CLIS = {"sentry-cli": clis_sentry_cli, "sentry": clis_sentry}


class World:
    """A collector, the proxy before it, a home folder of its own, and the command line that is tried."""

    def __init__(self, name, folder, proxy, ready, command, variables):
        self.name = name
        self.folder = folder
        self.proxy = proxy
        self.ready = ready
        self.command = command
        self.environment = {
            "HOME": str(folder / "home"), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "GIT_CONFIG_NOSYSTEM": "1", **variables(self)}
        (folder / "home").mkdir()

    @property
    def dsn(self):
        return self.ready["dsn"].replace(self.ready["url"].partition("://")[2], self.proxy.url.partition("://")[2])

    def check(self, what, condition, detail=""):
        if not condition:
            calls = "\n".join(f"{method} {path} {status} {body[:300]!r}" for method, path, status, body in self.proxy.calls[-8:])
            sys.exit(f"FAILED: {what} {detail}\nThe last calls:\n{calls}")
        print(f"ok: {what}", flush=True)

    def run(self, *words, cwd=None, variables=None):
        """Runs the command line; answers what it printed to standard output."""
        done = subprocess.run([*self.command, *map(str, words)], capture_output=True, text=True, timeout=120, check=False,
                              env={**self.environment, **(variables or {})}, cwd=cwd or self.folder)
        self.check(f"{self.name} {' '.join(map(str, words))}", done.returncode == 0,
                   f"(exit code {done.returncode})\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def run_failing(self, *words, variables=None):
        """The same, which must fail; answers all that it printed."""
        done = subprocess.run([*self.command, *map(str, words)], capture_output=True, text=True, timeout=120, check=False,
                              env={**self.environment, **(variables or {})}, cwd=self.folder)
        self.check(f"{' '.join(map(str, words))} fails", done.returncode != 0, done.stdout)
        return done.stdout + done.stderr

    def api(self, path, method="GET", body=None):
        """The web API itself, not through the proxy."""
        request = urllib.request.Request(
            f"{self.ready['url']}/api/0/{path}", method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.ready['token']}"})
        text = urllib.request.urlopen(request, timeout=10).read()
        return json.loads(text) if text else None

    def send(self, event):
        """An event as an SDK sends it; answers its id."""
        head, _, host = self.ready["dsn"].partition("@")
        key = head.rpartition("//")[2]
        host, _, project = host.rpartition("/")
        request = urllib.request.Request(
            f"http://{host}/api/{project}/store/", data=json.dumps(event).encode(),
            headers={"X-Sentry-Auth": f"Sentry sentry_version=7, sentry_key={key}"})
        return json.loads(urllib.request.urlopen(request, timeout=10).read())["id"]


def unserved(calls, excused):
    """Routes that were asked for and are not there, but for those with a reason."""
    missing = set()
    for method, path, status, body in calls:
        path = path.partition("?")[0]
        if status in (404, 405) and b"resource does not exist" in body + b"resource does not exist" * (status == 405):
            if not any(part in path for part in excused):
                missing.add(f"{method} {path} {status}")
    return sorted(missing)


def main():
    if not os.environ.get("VEDETTE_FULL"):
        print("skipped: whole command lines take long; VEDETTE_FULL=1 runs them")
        sys.exit(77)
    program, installed, name = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
    cli = CLIS[name]
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    if int(node.lstrip("v").partition(".")[0] or 0) < cli.NODE:
        print(f"skipped: {name} needs Node {cli.NODE} or newer, here is {node or 'none'}")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="vedette-clis-") as work:
        folder = pathlib.Path(work)
        with subprocess.Popen([program, "collect", "--listen", "127.0.0.1:0", "--data-dir", str(folder / "data")],
                              stdout=subprocess.PIPE, text=True) as collector:
            try:
                ready = json.loads(collector.stdout.readline())
                with RecordingProxy(ready["url"]) as proxy:
                    world = World(name, folder, proxy, ready, cli.command(installed), cli.variables)
                    cli.use(world)
                    missing = unserved(proxy.calls, cli.EXCUSED)
                    world.check("no route is missing", not missing, "\n".join(missing))
                    failed = [call[:3] for call in proxy.calls if call[2] >= 500]
                    world.check("nothing failed in the collector", not failed, str(failed))
            finally:
                collector.terminate()
        if collector.returncode != 0:
            sys.exit("FAILED: the collector did not end cleanly")


main()
