#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# How fast the collector takes events, beside what the disk and zstd alone allow and beside npm's sentry.
# QUICK=1: without the long run over 200,000 events.
set -euo pipefail
build=${VEDETTE_BUILD:?set by tests/bench/run.sh}
work=$(mktemp -d "$PWD/build/bench/ingest.XXXXXX")
trap 'rm -rf "$work"' EXIT
peer=()
if tests/e2e/npm.sh; then
    # Its own settings and telemetry stay away from this user's.
    mkdir -p "$work/home"
    export HOME="$work/home" SENTRY_CLI_NO_TELEMETRY=1
    peer=(--peer "$PWD/build/npm/node_modules/.bin/sentry")
fi
many=()
[ -z "${QUICK:-}" ] || many=(--events 15000 --many 20000)
"$build/tests/bench/ingest/bench_ingest" --program "$build/app/vedette" --work "$work" \
    --bodies tests/bench/bodies/templates --out build/bench/ingest.json "${peer[@]}" "${many[@]}" "$@"
