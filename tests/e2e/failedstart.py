# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A start that cannot go well says why in a window, not on a terminal that nobody sees; nothing is changed."""

import os
import pathlib
import sqlite3
import subprocess
import sys

import desktop
from desktop import check, find, wait_for


def main():
    folder = pathlib.Path(os.environ["VEDETTE_WORLD"]) / "newer"
    folder.mkdir()
    database = folder / "user.sqlite"
    with sqlite3.connect(database) as newer:
        newer.execute("PRAGMA user_version = 9999")
        newer.execute("CREATE TABLE of_the_future (id INTEGER)")
    before = database.read_bytes()
    process = subprocess.Popen([sys.argv[1], "--data-dir", str(folder)], stderr=subprocess.PIPE, text=True)
    app = wait_for("the program", desktop.application)
    told = wait_for("the reason", lambda: find(app, contains="newer Vedette"))
    check("a window says that the data folder is of a newer Vedette", told is not None)
    check("it names the folder", find(app, contains=str(folder)) is not None, desktop.dump(app))
    desktop.picture("e2e-failed-start")
    desktop.keys("Escape")
    check("closing it ends the program", process.wait(timeout=20) == 1)
    check("scripts are told, too", "newer Vedette" in process.stderr.read())
    check("the data are as they were", database.read_bytes() == before)


if __name__ == "__main__":
    main()
