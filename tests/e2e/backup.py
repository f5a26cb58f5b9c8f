# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup, restore, salvage and the folder's lock, as scripts use them. Needs no display."""

import json
import os
import pathlib
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time

from collecting import Collector, check


def main():
    program = sys.argv[1]
    work = tempfile.TemporaryDirectory(prefix="vedette-backup-")
    folder = pathlib.Path(work.name)
    data = folder / "data"
    backup = folder / "kept.vedette"

    def run(*words, cwd=folder):
        return subprocess.run([program, "collect", *map(str, words)], capture_output=True, text=True, timeout=120,
                              check=False, cwd=cwd)

    none = run("--backup", backup, "--data-dir", data)
    check("no backup of what is not there", none.returncode == 4 and not backup.exists(), none.stderr)
    check("no restore of what is not there", run("--restore", backup, "--data-dir", data).returncode == 4)
    check("no salvage of what is not there", run("--salvage", "--data-dir", data).returncode == 4)
    for words in (["--backup", backup, "--restore", backup], ["--backup", backup, "--listen", "127.0.0.1:0"],
                  ["--salvage", "--restore", backup], ["--backup"]):
        check(f"{words} is a usage error", run(*words, "--data-dir", data).returncode == 2)

    with Collector(program, data) as first:
        token = first.ready["token"]
        for number in range(1, 21):
            check(f"event {number} is taken", first.send(number, ("apple", "pear", "plum")[number % 3]) == 200)
        # While events come in.
        stop = threading.Event()
        taken = []

        def keep_sending():
            number = 1000
            while not stop.is_set():
                if first.send(number, "meanwhile") == 200:
                    taken.append(number)
                number += 1

        sender = threading.Thread(target=keep_sending)
        sender.start()
        while not taken:
            pass
        made = run("--backup", "kept.vedette", "--data-dir", data)
        stop.set()
        sender.join()
        check("a backup is made while the collector runs", made.returncode == 0, made.stderr)
        told = json.loads(made.stdout)
        check("it says what it holds", told["events"] >= 21 and told["issues"] >= 4 and told["file"] == str(backup)
              and told["bytes"] == backup.stat().st_size, made.stdout)
        check("it is for its owner alone", stat.S_IMODE(backup.stat().st_mode) == 0o600)
        check("it is one file", [p.name for p in folder.glob("kept*")] == ["kept.vedette"])
        check("the token is not in it", token.encode() not in backup.read_bytes())
        with sqlite3.connect(f"file:{backup}?mode=ro", uri=True) as copy:
            check("it is a whole database", copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                  and copy.execute("SELECT count(*) FROM events").fetchone()[0] == told["events"])
        copy.close()
        again = run("--backup", backup, "--data-dir", data)
        check("an older backup is replaced", again.returncode == 0, again.stderr)
        other = folder / "thesis.txt"
        other.write_text("precious")
        refused = run("--backup", other, "--data-dir", data)
        check("another file is left alone", refused.returncode == 1 and other.read_text() == "precious", refused.stderr)
        nowhere = run("--backup", folder / "no" / "where", "--data-dir", data)
        check("a folder that is not there is told", nowhere.returncode == 1 and nowhere.stderr, str(nowhere.returncode))
        own = run("--backup", data / "collector" / "collector.sqlite", "--data-dir", data)
        check("the database is not its own backup", own.returncode == 2, own.stderr)

        busy = run("--restore", backup, "--data-dir", data)
        check("no restore under a running collector", busy.returncode == 3, busy.stderr)
        check("no salvage under a running collector", run("--salvage", "--data-dir", data).returncode == 3)
        second = run("--listen", "127.0.0.1:0", "--data-dir", data)
        check("a second collector says who holds the folder",
              second.returncode == 3 and str(first.process.pid) in second.stderr and first.url in second.stderr
              and "since 20" in second.stderr, second.stderr)
        check("the first goes on", first.send(5000, "after the backup") == 200)
        lock = data / "collector" / "lock"
        stale = lock.read_bytes()

    # A lock that a dead process left is no lock.
    lock.write_bytes(stale)
    with Collector(program, data) as alone:
        check("a stale lock is no lock", alone.send(5001, "after the backup") == 200)
        alone.process.send_signal(signal.SIGKILL)
        alone.process.wait(60)
    with Collector(program, data) as after:
        check("nor is that of one that was killed", "after the backup" in after.titles())

    # What is no backup is refused before anything is touched.
    database = data / "collector" / "collector.sqlite"
    before = database.read_bytes()
    wrong = folder / "wrong"
    for name, content in {"text": b"hello", "nothing": b"", "cut": backup.read_bytes()[:20_000]}.items():
        wrong.write_bytes(content)
        refused = run("--restore", wrong, "--data-dir", data)
        check(f"{name} is no backup", refused.returncode == 1 and refused.stderr, str(refused.returncode))
    wrong.unlink()
    with sqlite3.connect(wrong) as foreign:
        foreign.execute("CREATE TABLE events (id)")
        foreign.execute("PRAGMA user_version = 1")
    foreign.close()
    check("a foreign database is no backup", run("--restore", wrong, "--data-dir", data).returncode == 1)
    shutil.copy(backup, wrong)
    with sqlite3.connect(wrong) as newer:
        newer.execute("PRAGMA user_version = 9999")
    newer.close()
    refused = run("--restore", wrong, "--data-dir", data)
    check("a newer one is refused", refused.returncode == 1 and "newer" in refused.stderr, refused.stderr)
    check("nothing was touched", database.read_bytes() == before)

    restored = run("--restore", backup, "--data-dir", data)
    check("a backup is restored", restored.returncode == 0, restored.stderr)
    former = pathlib.Path(json.loads(restored.stdout)["former"])
    check("the former database is kept", former.read_bytes() == before and former.parent == database.parent)
    with Collector(program, data) as back:
        check("it is as it was then", "after the backup" not in back.titles() and "pear" in back.titles())
        check("the token stays", back.ready["token"] == token)
        check("it takes events", back.send(6000, "pear") == 200)

    # Another machine.
    elsewhere = folder / "elsewhere"
    moved = run("--restore", backup, "--data-dir", elsewhere)
    check("it moves to a new folder", moved.returncode == 0 and json.loads(moved.stdout)["former"] is None, moved.stderr)
    check("for its owner alone", stat.S_IMODE((elsewhere / "collector").stat().st_mode) == 0o700)
    with Collector(program, elsewhere) as there:
        check("with the same DSN key", there.key == first.key)
        check("and a token of its own", there.ready["token"] != token)
        check("with its issues", "pear" in there.titles())

    # What a killed collector had answered for is in its journal, at least in part: a backup takes it in first.
    with Collector(program, elsewhere) as killed:
        for number in range(8000, 8030):
            check("taken before the kill", killed.send(number, "medlar") == 200)
        killed.process.send_signal(signal.SIGKILL)
        killed.process.wait(60)
    late = run("--backup", folder / "late", "--data-dir", elsewhere)
    check("a killed collector is backed up", late.returncode == 0, late.stderr)
    with sqlite3.connect(folder / "late") as db:
        taken = db.execute("SELECT count(*) FROM events WHERE message LIKE '%medlar%' OR title LIKE '%medlar%'").fetchone()[0]
    db.close()
    check("with all it had answered for", taken == 30, str(taken))

    # A damaged database.
    with database.open("r+b") as file:
        file.seek(0)
        head = file.read(100)
    with sqlite3.connect(database) as db:
        page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'events_by_event_id'").fetchone()[0]
        count = db.execute("SELECT count(*) FROM events").fetchone()[0]
    db.close()
    size = int.from_bytes(head[16:18], "big")
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(size))
    failing = run("--backup", folder / "bad", "--data-dir", data)
    check("no backup of what is damaged", failing.returncode == 1 and "damaged" in failing.stderr
          and not (folder / "bad").exists(), failing.stderr)
    with Collector(program, data) as hurt:
        check("the journal takes one more", hurt.send(7000, "quince") == 200)
        for _ in range(200):  # filing it finds the damaged page
            problem = hurt.get("vedette/collector/")["problem"]
            if problem:
                break
            time.sleep(0.1)
        check("503 where it cannot store", hurt.send(7001, "pear") == 503)
        check("the status says why", "damaged" in problem["text"] and problem["since"], str(problem))
        check("reading goes on", "pear" in hurt.titles())
    refused = run("--listen", "127.0.0.1:0", "--data-dir", data)
    check("the next start says so", refused.returncode == 1 and "--salvage" in refused.stderr, refused.stderr)
    saved = run("--salvage", "--data-dir", data)
    check("it is salvaged", saved.returncode == 0, saved.stderr)
    told = json.loads(saved.stdout)
    check("whole", told["events"] == count and told["gaps"] == 0, saved.stdout)
    check("the damaged one is kept", pathlib.Path(told["former"]).exists() and ".damaged-20" in told["former"])
    with Collector(program, data) as healed:
        check("what the journal took is there", "quince" in healed.titles())
        check("it takes events again", healed.send(7001, "pear") == 200 and "pear" in healed.titles())
        check("and has no problem", healed.get("vedette/collector/")["problem"] is None)
    work.cleanup()


main()
