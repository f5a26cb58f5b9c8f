# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""With a tray: the state is told, closing hides, the icon brings the window back, a second start raises it.
Without one: closing ends the program."""

import pathlib
import subprocess
import sys

import dbus

import desktop
from desktop import check, wait_for
from program import Program, send

ITEM = "org.kde.StatusNotifierItem"
WATCHER = "org.kde.StatusNotifierWatcher"


def windows():
    """Titles of the windows on the display that the window manager shows."""
    out = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Vedette"],
                         capture_output=True, text=True, check=False).stdout
    return out.split()


def close_window():
    """As a person does, by the window manager's key."""
    desktop.xdotool("windowactivate", "--sync", windows()[0])
    desktop.keys("alt+F4")


def item(bus):
    items = bus.get_object(WATCHER, "/StatusNotifierWatcher").Get(
        WATCHER, "RegisteredStatusNotifierItems", dbus_interface=dbus.PROPERTIES_IFACE)
    return bus.get_object(str(items[-1]), "/StatusNotifierItem") if items else None


def tool_tip(entry):
    _icon, _pixmaps, title, text = entry.Get(ITEM, "ToolTip", dbus_interface=dbus.PROPERTIES_IFACE)
    return f"{title}\n{text}"


def pixels(entry):
    return bytes(bytearray(entry.Get(ITEM, "IconPixmap", dbus_interface=dbus.PROPERTIES_IFACE)[0][2]))


def without_tray(executable):
    with Program(executable, "no-tray") as program:
        wait_for("the window", windows)
        close_window()
        check("closing without a tray ends the program", program.process.wait(timeout=20) == 0)


def with_tray(executable):
    bus = dbus.SessionBus()
    with Program(executable, "tray") as program:
        wait_for("the window", windows)
        entry = wait_for("the icon in the tray", lambda: item(bus))
        collector = program.collector()
        wait_for("quiet in the tool tip", lambda: "All quiet, checked" in tool_tip(entry))
        quiet = pixels(entry)

        send(collector.dsn, "TrayFault", 40)
        wait_for("attention in the tool tip", lambda: "look" in tool_tip(entry), 30)
        check("attention is drawn into the icon", pixels(entry) != quiet)

        close_window()
        wait_for("the window to hide", lambda: not windows())
        check("the program lives on in the tray", program.is_running())

        entry.Activate(0, 0, dbus_interface=ITEM)
        wait_for("the window again", windows)
        close_window()
        wait_for("the window to hide again", lambda: not windows())

        second = subprocess.run([executable, "--data-dir", str(program.folder)], timeout=30, check=False)
        check("a second start ends at once and well", second.returncode == 0, str(second.returncode))
        wait_for("the first one's window", windows)


def main():
    executable = sys.argv[1]
    without_tray(executable)
    here = pathlib.Path(__file__).resolve().parent
    watcher = subprocess.Popen([sys.executable, str(here / "watcher.py")])
    try:
        bus = dbus.SessionBus()
        wait_for("the tray", lambda: bus.name_has_owner(WATCHER))
        with_tray(executable)
    finally:
        watcher.terminate()
        watcher.wait(timeout=10)


main()
