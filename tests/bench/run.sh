#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ./dev bench [--full] [NAME]: runs one bench, or all; --full at full size (VEDETTE_FULL is set for them). A bench is a
# folder here with a run.sh, which prints its figures and writes build/bench/NAME.json. It finds the release build in $VEDETTE_BUILD and puts what it needs into a temporary
# folder of its own under build/bench.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export VEDETTE_BUILD="$PWD/build/release"
mkdir -p build/bench

words=()
for word in "$@"; do
    if [ "$word" = --full ]; then
        export VEDETTE_FULL=1
    else
        words+=("$word")
    fi
done
set -- "${words[@]}"

names=()
for script in tests/bench/*/run.sh; do
    names+=("$(basename "$(dirname "$script")")")
done

if [ $# -eq 0 ]; then
    set -- "${names[@]}"
fi
status=0
for name in "$@"; do
    if [ ! -f "tests/bench/$name/run.sh" ]; then
        echo "There is no bench \"$name\". There are: ${names[*]}" >&2
        exit 2
    fi
    echo "== $name"
    "tests/bench/$name/run.sh" || status=1 # a figure that is not met does not keep the others from being measured
done
exit "$status"
