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

# shellcheck source=resources/samples/recording.sh
source resources/samples/recording.sh

work=
recording_begin "$samples/programs" storefront shop-api payments inventory mail-service
cp -r build/npm/node_modules /srv/shop-api/
recording_build_go inventory

PYTHONPATH=$samples PYTHONDONTWRITEBYTECODE=1 python3 - "$work" <<'RUNS' >"$work/runs.json"
import json
import sys

from recording import browser

work = sys.argv[1]
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
        "argv": browser(work, variant, "http://shop.example.org/lamps")})
runs.append({"project": "shop-api", "cwd": "/srv/shop-api", "traces": True, "argv": [
    "node", "/srv/shop-api/main.js", "shop-api@3.5.0", "production", "1", "traces"]})
runs.append({"project": "payments", "cwd": "/srv/payments", "traces": True, "argv": [
    "/usr/bin/python3", "/srv/payments/main.py", "traces"]})
json.dump(runs, sys.stdout)
RUNS
recording_run python3 "$samples/record.py" "$work/runs.json" "$samples" ${only:+"$only"}
