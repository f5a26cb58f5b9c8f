# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""`vedette collect` on a disk that is really full: a small file system of its own where one can be mounted, and a limit
on the size of files. Nothing acknowledged is lost, the reason is told, and it goes on by itself. Needs no display."""

import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from collecting import Collector, check

patience = 60


def noise(number):
    """4 KB that do not compress."""
    return random.Random(number).randbytes(3000).hex()[:4000]


def fill(collector, first, stored, most=5000):
    """Sends until one is refused; returns the number of that one."""
    for number in range(first, first + most):
        status = collector.send(number, "hello", noise(number))
        if status != 200:
            check("what cannot be stored is refused with 503", status == 503, str(status))
            return number
        stored.append(number)
    sys.exit("FAILED: the disk did not become full")


def wait_until_well(collector):
    end = time.monotonic() + patience
    while collector.get("vedette/collector/")["problem"] is not None:
        if time.monotonic() > end:
            sys.exit("FAILED: it is not well again by itself")
        time.sleep(0.1)
    check("it is well again by itself", True)


def check_stored(database, stored):
    """Every one once, and counted."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        rows = [int(row[0].hex(), 16) for row in db.execute("SELECT event_id FROM events")]
        counted = db.execute("SELECT sum(count) FROM issues").fetchone()[0]
        whole = db.execute("PRAGMA integrity_check").fetchone()[0]
    db.close()
    missing = set(stored) - set(rows)
    check("everything acknowledged is there", not missing, str(sorted(missing)[:5]))
    check("once", len(rows) == len(set(rows)))
    check("and counted", counted == len(rows), f"{counted} of {len(rows)}")
    check("the database is whole", whole == "ok", whole)


def refuses_and_recovers(collector, first, stored, words, make_room):
    refused = fill(collector, first, stored)
    check("with the reason", words in collector.said, collector.said)
    check("and when to come again", collector.retry_after is not None)
    problem = collector.get("vedette/collector/")["problem"]
    check("the status says so", problem is not None and words in problem["text"], str(problem))
    check("reading goes on", len(collector.titles()) > 0)
    for number in range(refused, refused + 20):
        if collector.send(number, "small") == 200:  # one that still fits
            stored.append(number)
    make_room()
    wait_until_well(collector)
    for number in range(refused + 100, refused + 120):
        check("it takes events again", collector.send(number, "hello", noise(number)) == 200, collector.said)
        stored.append(number)
    return refused + 200


class SmallDisk:
    """A file system of a few megabytes in a mount namespace of its own, held by a process."""

    def __init__(self, folder):
        self.holder = None
        script = f'mount -t tmpfs -o size=8m none "{folder}" && echo mounted && read _'
        for how in (["unshare", "--user", "--map-root-user", "--mount"], ["unshare", "--mount"]):
            holder = subprocess.Popen([*how, "sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL, text=True)
            if holder.stdout.readline().strip() == "mounted":
                self.holder = holder
                user = ["--user", "--preserve-credentials"] if "--user" in how else []
                self.enter = ["nsenter", "--target", str(holder.pid), "--mount", *user]
                self.seen = pathlib.Path(f"/proc/{holder.pid}/root{folder}")
                return
            holder.communicate("\n")

    def end(self):
        self.holder.communicate("\n")


def on_a_small_disk(program, folder):
    disk = SmallDisk(folder)
    if disk.holder is None:
        print("skipped: no file system can be mounted here", flush=True)
        return
    ballast = disk.seen / "ballast"
    ballast.write_bytes(b"x" * 2_000_000)
    stored = []
    with Collector(program, folder / "data", disk.enter) as first:
        check("an event is taken", first.send(1, "hello") == 200 and len(first.titles()) > 0)
        stored.append(1)
        free = refuses_and_recovers(first, 2, stored, "the disk is full", ballast.unlink)
        fill(first, free, stored)
        # nsenter becomes the program: it is the one that is killed.
        first.process.send_signal(signal.SIGKILL)
        first.process.wait(60)
    # Full, and killed: it starts there, shows what it has, and loses nothing.
    with Collector(program, folder / "data", disk.enter) as second:
        check("it starts on a full disk", len(second.titles()) > 0)
    # Elsewhere there is room to count what is not counted yet.
    shutil.copytree(disk.seen / "data", folder / "copy")
    disk.end()
    with Collector(program, folder / "copy") as third:
        check("what is not counted yet is counted where there is room", len(third.titles()) > 0)
    check_stored(folder / "copy" / "collector" / "collector.sqlite", stored)


def under_a_limit(program, data):
    stored = []
    with Collector(program, data) as collector:
        for number in range(1, 20):
            check(f"event {number} is taken", collector.send(number, "hello", noise(number)) == 200)
            stored.append(number)
        check("they can be read", len(collector.titles()) > 0)  # then they are in the database, too
        _, hard = resource.prlimit(collector.process.pid, resource.RLIMIT_FSIZE)
        log = data / "collector" / "collector.sqlite-wal"
        resource.prlimit(collector.process.pid, resource.RLIMIT_FSIZE, (log.stat().st_size + 100_000, hard))
        refuses_and_recovers(collector, 100, stored, "the disk is full",
                             lambda: resource.prlimit(collector.process.pid, resource.RLIMIT_FSIZE, (hard, hard)))
    check("it ends cleanly", collector.process.returncode == 0, str(collector.process.returncode))
    check_stored(data / "collector" / "collector.sqlite", stored)


def read_only(program, folder):
    """A folder that cannot be written is told at the start."""
    with Collector(program, folder) as collector:
        collector.send(1)
    script = f'mount --bind "{folder}" "{folder}" && mount -o remount,bind,ro "{folder}" && exec "$0" "$@"'
    for how in (["unshare", "--user", "--map-root-user", "--mount"], ["unshare", "--mount"]):
        started = subprocess.run([*how, "sh", "-c", script, program, "collect", "--listen", "127.0.0.1:0", "--data-dir",
                                  str(folder)], capture_output=True, text=True, timeout=60, check=False)
        if "vedette" in started.stderr:
            check("a read-only folder is told", started.returncode == 1 and "ead-only" in started.stderr, started.stderr)
            return
    print("skipped: nothing can be mounted read-only here", flush=True)


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="vedette-fulldisk-") as name:
        folder = pathlib.Path(name)
        for part in ("small", "limit", "read-only"):
            os.mkdir(folder / part)
        under_a_limit(program, folder / "limit")
        on_a_small_disk(program, folder / "small")
        read_only(program, folder / "read-only")


main()
