# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as scripts use it: help, version, usage errors, spikes, import, issues. Needs no display."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request


def check(what, condition, detail=""):
    if not condition:
        sys.exit(f"FAILED: {what} {detail}")
    print(f"ok: {what}", flush=True)


def issues(program, run, data):
    """The commands about issues, alone and beside the desktop program."""

    def rows(*words):
        listed = run("issues", "--data-dir", data, "--json", *words)
        check(f"issues {' '.join(words)}", listed.returncode == 0, listed.stderr)
        return [row["title"] for row in json.loads(listed.stdout)["issues"]]

    check("issues are listed", sorted(rows()) == ["from an envelope", "imported by hand"])
    shown = run("issue", "--data-dir", data, "a" * 32)
    check("an issue is found by its event", shown.returncode == 0 and "imported by hand" in shown.stdout, shown.stderr)
    done = run("resolve", "--data-dir", data, "DEFAULT-1")
    check("resolve waits for the server", done.returncode == 0 and "resolved" in done.stdout, done.stderr)
    check("and it is so", rows() == ["from an envelope"])
    check("a missing issue is told", run("resolve", "--data-dir", data, "DEFAULT-99").returncode == 4)

    # No display and no session bus: the program still has its window, and answers for the folder.
    world = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    (data / "settings.ini").write_text("[collector]\nenabled=true\n")
    with subprocess.Popen([program, "--data-dir", str(data)], env=world) as desktop:
        give_up = time.monotonic() + 60
        while not ((data / "collector" / "lock").exists() and "http" in (data / "collector" / "lock").read_text()):
            if time.monotonic() > give_up:
                sys.exit("FAILED: the desktop program does not start")
            time.sleep(0.1)
        check("the desktop program carries out what a command brings", rows() == ["from an envelope"])
        reopened = run("reopen", "--data-dir", data, "DEFAULT-1", "--json")
        outcome = json.loads(reopened.stdout)["issues"][0]["outcome"]
        check("and acts", reopened.returncode == 0 and outcome == "done", reopened.stderr)
        check("and tells", len(rows()) == 2)
        desktop.terminate()
    check("the desktop program ends cleanly", desktop.returncode == 0, str(desktop.returncode))
    check("afterwards commands go by themselves again", len(rows()) == 2)


def main():
    program = sys.argv[1]
    work = tempfile.TemporaryDirectory(prefix="vedette-commands-")
    folder = pathlib.Path(work.name)

    def run(*words):
        return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=60, check=False)

    version = run("--version")
    check("the version is printed", version.returncode == 0 and version.stdout.startswith("vedette "), version.stdout)
    for words in (["--help"], ["collect", "--help"], ["spikes", "-h"]):
        shown = run(*words)
        check(f"{' '.join(words)} is printed", shown.returncode == 0 and "usage: vedette" in shown.stdout)
    for words in (["--frobnicate"], ["frobnicate"], ["spikes"], ["collect", "--listen", "nowhere"]):
        refused = run(*words)
        check(f"{' '.join(words)} is a usage error", refused.returncode == 2 and refused.stderr, str(refused.returncode))
    check("usage goes to standard error", "usage: vedette" in run("--frobnicate").stderr)

    counts = folder / "counts.csv"
    rows = [f"2025-01-{6 + hour // 24:02}T{hour % 24:02}:30:00Z,{90 if hour == 199 else 4}" for hour in range(200)]
    counts.write_text("timestamp,value\n" + "\n".join(rows) + "\n")
    found = run("spikes", counts)
    lines = found.stdout.splitlines()
    check("spikes has a header", lines[0] == "timestamp,count,expected,upper,firing", lines[0])
    check("spikes has a line for each hour", len(lines) == 201, str(len(lines)))
    check("spikes fires in the last hour alone", [line[-1] for line in lines[1:]] == ["0"] * 199 + ["1"])
    told = json.loads(run("spikes", counts, "--json").stdout)
    check("spikes are told as JSON, too", len(told) == 200 and told[199]["firing"] and told[0]["count"] == 4)
    check("a missing file is told", run("spikes", folder / "none.csv").returncode == 4)
    (folder / "bad.csv").write_text("timestamp,value\nsoon,many\n")
    bad = run("spikes", folder / "bad.csv")
    check("a bad line is named", bad.returncode == 1 and "line 2" in bad.stderr, bad.stderr)

    event = folder / "event.json"
    event.write_text(json.dumps({"event_id": "a" * 32, "message": "imported by hand", "platform": "other"}))
    envelope = folder / "event.envelope"
    envelope.write_text('{"event_id":"' + "b" * 32 + '"}\n{"type":"event"}\n{"message":"from an envelope"}\n')
    data = folder / "data"
    alone = run("import", "--data-dir", data, event, "--json")
    check("import starts a collector for itself",
          alone.returncode == 0 and json.loads(alone.stdout) == {"file": str(event), "id": "a" * 32}, alone.stderr)
    with subprocess.Popen([program, "collect", "--listen", "127.0.0.1:0", "--data-dir", str(data)],
                          stdout=subprocess.PIPE, text=True) as running:
        ready = json.loads(running.stdout.readline())
        into = run("import", "--data-dir", data, envelope, folder / "none.json")
        check("import goes on after a missing file and says so", into.returncode == 1 and "none.json" in into.stderr)
        check("import uses the collector that runs", "b" * 32 in into.stdout, into.stdout)
        request = urllib.request.Request(
            f"{ready['url']}/api/0/organizations/{ready['organization']}/issues/?query=",
            headers={"Authorization": f"Bearer {ready['token']}"})
        titles = [row["title"] for row in json.load(urllib.request.urlopen(request, timeout=10))]
        check("both are there", sorted(titles) == ["from an envelope", "imported by hand"], str(titles))
        missing = run("import", "--data-dir", data, "--project", "nobody", event)
        check("an unknown project is told", missing.returncode == 4, missing.stderr)
        second = run("collect", "--listen", "127.0.0.1:0", "--data-dir", data)
        check("a second collector is refused", second.returncode == 3, second.stderr)
        running.terminate()
    check("the collector ends cleanly", running.returncode == 0)
    issues(program, run, data)
    work.cleanup()


main()
