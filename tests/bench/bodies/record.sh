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

missing=()
mapfile -t wanted < <(awk '/^#/ || NF == 0 { next } /^\[/ { on = ($1 == "[record]"); next } on { print $1 }' \
    resources/packaging/debian-packages.txt)
for name in "${wanted[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)" = installed ] || missing+=("$name")
done
[ ${#missing[@]} -eq 0 ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
tests/e2e/npm.sh

work=$(mktemp -d)
made=()
cleanup() {
    rm -rf "$work" "${made[@]}"
}
trap cleanup EXIT
for program in tickets planner clinic freight library; do
    if [ -e "/srv/$program" ]; then
        echo "record: /srv/$program is there already" >&2
        exit 1
    fi
    made+=("/srv/$program")
    cp -r "$bodies/programs/$program" "/srv/$program"
done
cp -r build/npm/node_modules /srv/tickets/
(cd /srv/freight && GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$work/go" GOFLAGS=-buildvcs=false go build -o freight .)

python3 - "$work" "$@" <<'RUNS' >"$work/runs.json"
import json
import sys

work = sys.argv[1]
agents = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
)
# No networking but to the sink: every other name is unknown.
browser = (
    "chromium --no-sandbox --headless --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-default-apps --lang=en-US --window-size=1280,800 "
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LocalNetworkAccessChecks"
).split()
rules = "MAP trips.example.org:80 {url}, MAP collect.example.org:80 {url}, MAP * ~NOTFOUND"
runs = [
    {"project": "tickets", "argv": ["node", "/srv/tickets/main.js"], "cwd": "/srv/tickets"},
    {"project": "clinic", "argv": ["/usr/bin/python3", "/srv/clinic/main.py"], "cwd": "/srv/clinic"},
    {"project": "freight", "argv": ["/srv/freight/freight"], "cwd": "/srv/freight"},
    {"project": "library", "argv": ["ruby", "/srv/library/main.rb"], "cwd": "/srv/library"},
]
for number, agent in enumerate(agents):  # each visitor meets every third fault
    runs.append({"project": "planner", "cwd": "/srv/planner", "browser": True, "patience": 300, "host": "collect.example.org",
        "pages": "/srv/planner", "modules": "/srv/tickets/node_modules",
        "visit": {"release": "planner@9.4.1", "visit": number, "visits": len(agents)},
        "argv": [*browser, f"--user-data-dir={work}/chromium-{number}", f"--user-agent={agent}",
            f"--host-resolver-rules={rules}", "http://trips.example.org/plan"]})
wanted = sys.argv[2:]
json.dump([run for run in runs if not wanted or run["project"] in wanted], sys.stdout)
RUNS
if ! RECORD_LOG="$work/log" PYTHONDONTWRITEBYTECODE=1 python3 "$bodies/record.py" "$work/runs.json" "$bodies/templates"; then
    tail -n 30 "$work/log" >&2
    exit 1
fi
