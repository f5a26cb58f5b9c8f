#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# How fast the collector takes events, beside what the disk and zstd alone allow.
set -euo pipefail
build=${VEDETTE_BUILD:?set by tests/bench/run.sh}
work=$(mktemp -d "$PWD/build/bench/ingest.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$build/tests/bench/ingest/bench_ingest" --program "$build/app/vedette" --work "$work" \
    --samples resources/samples --out build/bench/ingest.json
