#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a collector still does with 100,000 issues and 50,000 users: 200,000 events, with --full 1,000,000.
set -euo pipefail
build=${VEDETTE_BUILD:?set by tests/bench/run.sh}
work=$(mktemp -d "$PWD/build/bench/growth.XXXXXX")
trap 'rm -rf "$work"' EXIT
events=200000
[ -z "${VEDETTE_FULL:-}" ] || events=1000000
# Some 4 KB an event; the limit of a collector's own retention must not be met.
free_mb=$(df --output=avail -BM "$work" | tail -1 | tr -dc '0-9')
if [ "$free_mb" -lt $((events / 120)) ]; then
    echo "Too little disk for $events events: $free_mb MB are free." >&2
    exit 1
fi
"$build/tests/bench/growth/bench_growth" --program "$build/app/vedette" --work "$work" --events "$events" \
    --bodies tests/bench/bodies/templates --out build/bench/growth.json
