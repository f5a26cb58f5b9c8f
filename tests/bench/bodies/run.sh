#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the bodies are like that the other benches send: how many, how large, how well they pack, how they group.
set -euo pipefail
build=${VEDETTE_BUILD:?set by tests/bench/run.sh}
"$build/tests/bench/bodies/bench_bodies" --recordings tests/bench/bodies/templates --out build/bench/bodies.json
