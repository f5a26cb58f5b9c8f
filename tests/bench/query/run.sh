#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The routes that clients use, on a collector with 60,000 events of 20,000 issues, each beside plain SQL on the same file.
set -euo pipefail
build=${VEDETTE_BUILD:?set by tests/bench/run.sh}
work=$(mktemp -d "$PWD/build/bench/query.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$build/tests/bench/growth/bench_growth" --what query --events 60000 --issues 20000 --program "$build/app/vedette" \
    --work "$work" --bodies tests/bench/bodies/templates --out build/bench/query.json
