#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# How long the program takes from its start to the first painted list with 10,000 cached issues, and how much
# memory it has then, beside a bare window with a table.
set -euo pipefail
build=${VEDETTE_BUILD:?set by tests/bench/run.sh}
work=$(mktemp -d "$PWD/build/bench/start.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -m 700 "$work/home" "$work/runtime"
export HOME="$work/home" XDG_RUNTIME_DIR="$work/runtime" QT_QPA_PLATFORM=offscreen
export XDG_DATA_HOME="$work/home" XDG_CONFIG_HOME="$work/home" XDG_CACHE_HOME="$work/home"
unset DISPLAY WAYLAND_DISPLAY VEDETTE_STARTUP_REPORT
bus=(dbus-run-session "--config-file=$PWD/tests/support/bus.conf" --)
"${bus[@]}" "$build/tests/bench/start/bench_start_seed" "$work/data" 10000
"${bus[@]}" python3 tests/bench/start/measure.py --program "$build/app/vedette" --data "$work/data" \
    --bare "$build/tests/bench/start/bench_start_bare" --out build/bench/start.json
