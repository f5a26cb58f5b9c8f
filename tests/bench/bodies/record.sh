#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/bench/bodies/record.sh [PROGRAM...]: records the benches' event templates again, of all programs or of these;
# see README.md beside it. Runs as root on Debian 12: the programs are put under /srv, so that no path of this machine
# gets into a stack, and are removed afterwards.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
bodies=$PWD/tests/bench/bodies

# shellcheck source=resources/samples/recording.sh
source resources/samples/recording.sh

work=
recording_begin "$bodies/programs" tickets planner clinic freight library
cp -r build/npm/node_modules /srv/tickets/
recording_build_go freight

PYTHONPATH=$PWD/resources/samples PYTHONDONTWRITEBYTECODE=1 python3 - "$work" "$@" <<'RUNS' >"$work/runs.json"
import json
import sys

from recording import AGENTS, browser

work = sys.argv[1]
runs = [
    {"project": "tickets", "argv": ["node", "/srv/tickets/main.js"], "cwd": "/srv/tickets"},
    {"project": "clinic", "argv": ["/usr/bin/python3", "/srv/clinic/main.py"], "cwd": "/srv/clinic"},
    {"project": "freight", "argv": ["/srv/freight/freight"], "cwd": "/srv/freight"},
    {"project": "library", "argv": ["ruby", "/srv/library/main.rb"], "cwd": "/srv/library"},
]
for number in range(len(AGENTS)):  # each visitor meets every third fault
    runs.append({"project": "planner", "cwd": "/srv/planner", "browser": True, "patience": 300, "host": "collect.example.org",
        "pages": "/srv/planner", "modules": "/srv/tickets/node_modules",
        "visit": {"release": "planner@9.4.1", "visit": number, "visits": len(AGENTS)},
        "argv": browser(work, number, "http://trips.example.org/plan")})
wanted = sys.argv[2:]
json.dump([run for run in runs if not wanted or run["project"] in wanted], sys.stdout)
RUNS
recording_run python3 "$bodies/record.py" "$work/runs.json" "$bodies/templates"
