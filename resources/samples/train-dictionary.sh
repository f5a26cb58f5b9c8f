#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# resources/samples/train-dictionary.sh NUMBER: trains a zstd dictionary for stored events from the recorded samples and
# writes it to app/collector/storage/dictionaries/NUMBER.zdict. Stored events name the number of their dictionary: a
# dictionary that was ever released stays in the program, and training again takes a new number (from 40001 on; zstd
# keeps the lower ones for itself). Needs zstd's command line and Python.
set -euo pipefail
number=${1:?the number of the dictionary}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$work" <<'PYTHON'
import glob
import gzip
import sys

count = 0
for name in sorted(glob.glob("resources/samples/*.gz")):
    if name.endswith("-traces.gz"):
        continue  # transactions are not stored whole
    for line in gzip.open(name).read().split(b"\n"):
        if len(line) > 1000 and line.startswith(b"{"):
            with open(f"{sys.argv[1]}/{count:04}.json", "wb") as out:
                out.write(line)
            count += 1
PYTHON
zstd -q --train "$work"/*.json --maxdict=16384 --dictID="$number" -f -o "app/collector/storage/dictionaries/$number.zdict"
