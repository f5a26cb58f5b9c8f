#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/npm.sh: installs the pinned npm packages of the tests into build/npm, unless they are there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

mkdir -p build/npm
cmp -s tests/e2e/npm/package-lock.json build/npm/installed.json && exit 0
cp tests/e2e/npm/package.json tests/e2e/npm/package-lock.json build/npm/
# No install scripts: the packages' own prebuilt parts are not needed, and nothing of theirs runs at install time.
if ! npm ci --prefix build/npm --ignore-scripts --no-audit --no-fund >build/npm.log 2>&1; then
    tail -n 20 build/npm.log >&2
    exit 1
fi
cp tests/e2e/npm/package-lock.json build/npm/installed.json
