#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# resources/samples/record.sh [--traces]: records the sample events again, see README.md beside it, or the transactions
# alone. Runs as root on Debian 12: the programs are put under /srv, so that no path of this machine gets into a stack,
# and are removed afterwards.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
samples=$PWD/resources/samples
only=${1:-}

missing=()
mapfile -t wanted < <(awk '/^#/ || NF == 0 { next } /^\[/ { on = ($1 == "[record]"); next } on { print $1 }' \
    resources/packaging/debian-packages.txt)
for name in "${wanted[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)" = installed ] || missing+=("$name")
done
[ ${#missing[@]} -eq 0 ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
tests/e2e/npm.sh

work=$(mktemp -d)
programs=(storefront shop-api payments inventory mail-service)
made=()
cleanup() {
    rm -rf "$work" "${made[@]}"
}
trap cleanup EXIT
for program in "${programs[@]}"; do
    if [ -e "/srv/$program" ]; then
        echo "record: /srv/$program is there already" >&2
        exit 1
    fi
    made+=("/srv/$program")
    cp -r "$samples/programs/$program" "/srv/$program"
done
cp -r build/npm/node_modules /srv/shop-api/
(cd /srv/inventory && GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$work/go" GOFLAGS=-buildvcs=false go build -o inventory .)

python3 - "$work" <<'RUNS' >"$work/runs.json"
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
rules = "MAP shop.example.org:80 {url}, MAP collect.example.org:80 {url}, MAP * ~NOTFOUND"
runs = [
    {"project": "payments", "argv": ["/usr/bin/python3", "/srv/payments/main.py"], "cwd": "/srv/payments"},
    {"project": "inventory", "argv": ["/srv/inventory/inventory"], "cwd": "/srv/inventory"},
]
for variant in range(3):
    environment = "staging" if variant == 2 else "production"

    def release(project, old, new):
        return f"{project}@{new if variant else old}"

    runs.append({"project": "shop-api", "cwd": "/srv/shop-api", "argv": [
        "node", "/srv/shop-api/main.js", release("shop-api", "3.4.0", "3.5.0"), environment, str(variant)]})
    runs.append({"project": "mail-service", "cwd": "/srv/mail-service", "argv": [
        "ruby", "/srv/mail-service/main.rb", release("mail-service", "0.9.3", "0.9.4"), environment, str(variant)]})
    runs.append({"project": "storefront", "cwd": "/srv/storefront", "browser": True, "host": "collect.example.org",
        "pages": "storefront", "modules": "/srv/shop-api/node_modules",
        "visit": {"release": release("storefront", "7.1.0", "7.2.0"), "environment": environment, "variant": variant},
        "argv": [*browser, f"--user-data-dir={work}/chromium-{variant}", f"--user-agent={agents[variant]}",
            f"--host-resolver-rules={rules}", "http://shop.example.org/lamps"]})
runs.append({"project": "shop-api", "cwd": "/srv/shop-api", "traces": True, "argv": [
    "node", "/srv/shop-api/main.js", "shop-api@3.5.0", "production", "1", "traces"]})
runs.append({"project": "payments", "cwd": "/srv/payments", "traces": True, "argv": [
    "/usr/bin/python3", "/srv/payments/main.py", "traces"]})
json.dump(runs, sys.stdout)
RUNS
if ! RECORD_LOG="$work/log" python3 "$samples/record.py" "$work/runs.json" "$samples" ${only:+"$only"}; then
    tail -n 30 "$work/log" >&2
    exit 1
fi
