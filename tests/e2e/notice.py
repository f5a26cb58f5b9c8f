# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new issue reaches the desktop as a notification of a real daemon, and its buttons reach the server."""

import subprocess
import sys
import time

import dbus

import desktop
from desktop import check, wait_for
from program import Program, send


def history():
    """What dunst showed and closed, as text. dunstctl would ask through busctl, which is systemd's."""
    dunst = dbus.SessionBus().get_object("org.freedesktop.Notifications", "/org/freedesktop/Notifications")
    return str(dunst.NotificationListHistory(dbus_interface="org.dunstproject.cmd0"))


def closed_all():
    subprocess.run(["dunstctl", "close-all"], check=True)
    return desktop.notifications() == 0


def main():
    with Program(sys.argv[1], "notice").history("OldFault") as program:
        collector = program.collector()

        # The first look is history. Its end cannot be seen from here, so new faults come until one is told.
        number = 0

        def told():
            nonlocal number
            number += 1
            send(collector.dsn, f"NewFault{number}")
            deadline = time.monotonic() + 4
            while time.monotonic() < deadline:
                if desktop.notifications() > 0:
                    return True
                time.sleep(0.1)
            return False

        wait_for("a notification of a new issue", told, 60)
        check("nothing is resolved before", not collector.issues("is:resolved"))

        # Which of the new faults it was, the server tells.
        desktop.fire_action("#Resolve")
        resolved = wait_for("an issue to be resolved on the server", lambda: collector.issues("is:resolved"))
        check("exactly one was", len(resolved) == 1 and resolved[0]["title"].startswith("NewFault"), resolved[0]["title"])
        wait_for("the notice that says so", lambda: closed_all() and "Resolved in" in history(), 10)
        check("the old fault was never told", "OldFault" not in history())

        send(collector.dsn, "SteadyFault", 60)
        wait_for("the notification of a spike", lambda: desktop.notifications() > 0, 20)
        steady = next(row for row in collector.issues() if row["title"].startswith("SteadyFault"))
        # dunst's menu names the notice: the line is there only for a spike.
        desktop.fire_action("#Resolve (Spike in")
        wait_for("the spiking issue to be resolved on the server",
                 lambda: collector.issue(steady["id"])["status"] == "resolved")
        wait_for("the notices to go", closed_all, 10)

        send(collector.dsn, "SnoozedFault")
        wait_for("the next notification", lambda: desktop.notifications() > 0, 20)
        desktop.fire_action("#Snooze")
        wait_for("the notification to go", lambda: desktop.notifications() == 0, 10)
        snoozed = next(row for row in collector.issues() if row["title"].startswith("SnoozedFault"))
        check("snoozing leaves the issue as it is", snoozed["status"] == "unresolved")

        send(collector.dsn, "OpenedFault")
        wait_for("one more notification", lambda: desktop.notifications() > 0, 20)
        subprocess.run(["dunstctl", "action", "0"], check=True)
        wait_for("the issue in the window",
                 lambda: desktop.find(desktop.application(), contains="OpenedFault happened"))


main()
