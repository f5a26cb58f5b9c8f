#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# How the collector groups all recorded events that there are, beside grouping by title alone.
set -euo pipefail
build=${VEDETTE_BUILD:?set by tests/bench/run.sh}
"$build/tests/bench/grouping/bench_grouping" build/bench/grouping.json
