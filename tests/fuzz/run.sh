#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/fuzz/run.sh [SECONDS]: builds the fuzz targets with clang and runs each for so long. A finding is kept in
# build/fuzz/ and fails the run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-60}

cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER=clang++ -DVEDETTE_FUZZ=ON \
    -DVEDETTE_TESTS=OFF -DCMAKE_CXX_FLAGS_DEBUG="-O1 -g1" >build/fuzz.log 2>&1 || {
    tail -n 20 build/fuzz.log >&2
    exit 1
}
cmake --build build/fuzz --target fuzz_targets >>build/fuzz.log 2>&1 || {
    grep -nE 'error' build/fuzz.log | head -n 20 >&2
    exit 1
}
for program in build/fuzz/tests/fuzz/fuzz_*; do
    if [ ! -x "$program" ] || [ -d "$program" ]; then continue; fi
    name=$(basename "$program")
    corpus=build/fuzz/corpus/$name
    mkdir -p "$corpus"
    seeds=()
    [ -d "tests/fuzz/seeds/${name#fuzz_}" ] && seeds=("tests/fuzz/seeds/${name#fuzz_}")
    [ "$name" = fuzz_event ] && seeds+=(tests/fixtures/events)
    options=()
    [ -f "tests/fuzz/${name#fuzz_}.dict" ] && options=("-dict=tests/fuzz/${name#fuzz_}.dict")
    echo "$name: $seconds s"
    "$program" "$corpus" "${seeds[@]}" "${options[@]}" -max_total_time="$seconds" -max_len=20000 -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="build/fuzz/" -print_final_stats=1 2>"build/fuzz/$name.log" || {
        tail -n 40 "build/fuzz/$name.log" >&2
        exit 1
    }
    grep -E 'number_of_executed_units|new_units_added' "build/fuzz/$name.log"
done
echo "fuzz: clean"
