#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/session.sh COMMAND [ARGS]: runs COMMAND in a desktop session of its own: private D-Bus, a virtual
# display with a window manager, AT-SPI, an unlocked gnome-keyring and dunst, all in temporary folders, so that
# tests run in parallel and touch nothing of the user's. Everything ends with COMMAND; its exit code is ours.
#
# For COMMAND it sets DISPLAY, the XDG folders, and
#   VEDETTE_WORLD        the temporary folder, removed at the end
#   VEDETTE_DUNST_PICK   a file: dunst's context menu picks the line that this file holds
set -euo pipefail

if [ "${VEDETTE_IN_SESSION:-}" != 1 ]; then
    world=$(mktemp -d "${TMPDIR:-/tmp}/vedette-e2e.XXXXXX")
    trap 'rm -rf "$world"' EXIT
    for folder in home data config cache state runtime; do mkdir -m 700 "$world/$folder"; done
    export VEDETTE_IN_SESSION=1 VEDETTE_WORLD="$world" HOME="$world/home" XDG_DATA_HOME="$world/data" \
        XDG_CONFIG_HOME="$world/config" XDG_CACHE_HOME="$world/cache" XDG_STATE_HOME="$world/state" \
        XDG_RUNTIME_DIR="$world/runtime"
    unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS QT_QPA_PLATFORM SENTRY_DSN
    status=0
    dbus-run-session -- "$0" "$@" || status=$?
    exit "$status"
fi

children=()
# shellcheck disable=SC2317 # called by the trap
cleanup() {
    local pid
    for pid in "${children[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait "${children[@]}" 2>/dev/null || true
}
trap cleanup EXIT

# wait_for SECONDS WHAT COMMAND...: until COMMAND succeeds.
wait_for() {
    local tries=$(($1 * 20)) what=$2
    shift 2
    for _ in $(seq "$tries"); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 0.05
    done
    echo "session: no $what" >&2
    return 1
}

# True when somebody holds the bus name; asking the bus itself starts nobody.
# shellcheck disable=SC2317 # called through wait_for
owned() {
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner "string:$1"
}

log=$VEDETTE_WORLD/session.log
number_file=$VEDETTE_WORLD/display
Xvfb -displayfd 3 -screen 0 "${VEDETTE_SCREEN:-1450x940x24}" -nolisten tcp 3>"$number_file" >>"$log" 2>&1 &
children+=($!)
wait_for 20 display test -s "$number_file"
DISPLAY=":$(tr -d '[:space:]' <"$number_file")"
export DISPLAY
# What the bus starts on demand (AT-SPI) must find the display too.
dbus-update-activation-environment DISPLAY HOME XDG_RUNTIME_DIR >>"$log" 2>&1
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 NO_AT_BRIDGE=0
openbox --sm-disable >>"$log" 2>&1 &
children+=($!)

# An empty password on standard input unlocks (and at the first time makes) the login keyring.
eval "$(printf '\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize 2>>"$log" | sed 's/^/export /')"
wait_for 20 keyring owned org.freedesktop.secrets

export VEDETTE_DUNST_PICK="$VEDETTE_WORLD/dunst-pick"
picker=$VEDETTE_WORLD/pick
# dunst hands the menu on standard input ("#Resolve (title) [vedette]"): answer with the line that holds the word.
cat >"$picker" <<'PICK'
#!/bin/sh
grep -m1 -F "$(cat "$VEDETTE_DUNST_PICK")"
PICK
chmod +x "$picker"
mkdir -p "$XDG_CONFIG_HOME/dunst"
cat >"$XDG_CONFIG_HOME/dunst/dunstrc" <<DUNST
[global]
    dmenu = $picker
    idle_threshold = 0
    sort = no
    stack_duplicates = false
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
DUNST
dunst -conf "$XDG_CONFIG_HOME/dunst/dunstrc" >>"$log" 2>&1 &
children+=($!)
wait_for 20 "notification daemon" owned org.freedesktop.Notifications

status=0
"$@" || status=$?
if [ "$status" -ne 0 ]; then
    echo "--- session.log" >&2
    tail -n 30 "$log" >&2
fi
exit "$status"
