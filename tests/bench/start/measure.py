# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the program and the bare window in turn and compares the medians of their startup reports."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

STARTS = 20
WARM_UP = 2
TARGETS = {"ms": 5.0, "pssKb": 3.0}
NAMES = {"ms": ("first painted list", "ms"), "pssKb": ("memory at the first paint (PSS)", "kB")}


def start(command):
    """One start; the report that the program prints at its first paint, just before it ends."""
    environment = dict(os.environ, VEDETTE_STARTUP_REPORT=str(time.monotonic_ns()))
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, timeout=60, check=True)
    for line in done.stdout.splitlines():
        if line.startswith(b"{"):
            return json.loads(line)
    sys.exit(f"{command[0]} ended without a report: its list was never painted with rows")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--bare", required=True)
    parser.add_argument("--out", required=True)
    given = parser.parse_args()
    ours, bare = [given.program, "--data-dir", given.data], [given.bare]
    for _ in range(WARM_UP):
        start(bare)
        start(ours)
    reports = {"ours": [], "bare": []}
    for _ in range(STARTS):
        reports["bare"].append(start(bare))
        reports["ours"].append(start(ours))
    figures = []
    for key, target in TARGETS.items():
        value = statistics.median(report[key] for report in reports["ours"])
        baseline = statistics.median(report[key] for report in reports["bare"])
        ratio = value / baseline
        name, unit = NAMES[key]
        figures.append({
            "name": name, "value": round(value, 2), "unit": unit, "baseline": round(baseline, 2),
            "ratio": round(ratio, 2), "target": target, "met": ratio <= target,
        })
        print(f"{name}: {value:.0f} {unit}, bare window {baseline:.0f} {unit}, "
              f"ratio {ratio:.2f} (at most {target:.0f}): {'met' if ratio <= target else 'MISSED'}")
    with open(given.out, "w", encoding="utf-8") as out:
        json.dump({"figures": figures}, out, indent=2)
        out.write("\n")


main()
