#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/screenshots.sh: a gallery of the real program on sample data into build/screenshots/, each page in light
# and in dark.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=$PWD/build/release/app/vedette
mkdir -p build/screenshots
tests/e2e/session.sh /usr/bin/python3 tests/e2e/screenshots.py "$program"
echo "The gallery is in build/screenshots/:"
ls build/screenshots
