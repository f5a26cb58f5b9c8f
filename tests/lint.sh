#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/lint.sh [FILE...]: format, shellcheck, clang-tidy and clazy over the tree, or over the named C++ files.
# Needs build/dev/compile_commands.json. Exits non-zero if any of them finds something.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

failed=()
mapfile -t sources < <(git ls-files '*.h' '*.cpp')
mapfile -t scripts < <(git ls-files '*.sh' dev .ci/run)
units=("$@")
[ ${#units[@]} -gt 0 ] || mapfile -t units < <(git ls-files '*.cpp' | grep -v '^tests/fuzz/')

echo "format: ${#sources[@]} files"
clang-format --dry-run -Werror "${sources[@]}" || failed+=(format)

echo "shellcheck: ${#scripts[@]} scripts"
shellcheck "${scripts[@]}" || failed+=(shellcheck)

# Only what the dev preset compiles: clang needs the flags.
mapfile -t known < <(for unit in "${units[@]}"; do
    grep -q "\"file\": \"$PWD/$unit\"" build/dev/compile_commands.json && printf '%s\n' "$unit"
done)

echo "clang-tidy: ${#known[@]} units"
printf '%s\n' "${known[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy -p build/dev --quiet \
    --extra-arg=-Wno-unknown-warning-option 2>/dev/null || failed+=(clang-tidy)

# Tests are left out as in tests/.clang-tidy. Two checks speak of Qt 5: QStringRef is gone, erase() takes any iterator.
mapfile -t product < <(printf '%s\n' "${known[@]}" | grep -v '^tests/')
echo "clazy: ${#product[@]} units"
# Its findings are warnings; any from our own folders fails the run.
clazy_out=$(printf '%s\n' "${product[@]}" | xargs -P "$(nproc)" -n 8 clazy-standalone -p build/dev \
    -checks=level0,level1,connect-3arg-lambda,no-overloaded-signal,no-qstring-ref,no-strict-iterators \
    -header-filter="$PWD/(app|models|views)/.*" --extra-arg=-Wno-unknown-warning-option 2>&1 | grep -E '\[-Wclazy' | sort -u)
if [ -n "$clazy_out" ]; then
    printf '%s\n' "$clazy_out"
    failed+=(clazy)
fi

if [ ${#failed[@]} -gt 0 ]; then
    echo "lint: ${failed[*]} found something"
    exit 1
fi
echo "lint: clean"
