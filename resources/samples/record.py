# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records the sample events.

  record.py RUNS.json OUT     (record.sh calls it with what is to run)

RUNS.json is a list of runs, see recording.py. Only events that are named are kept. Written are OUT/PROJECT.gz (all
templates of a project, each as `NAME LENGTH`, newline, envelope, newline) and OUT/index.json.
"""

import gzip
import json
import os
import pathlib
import re
import sys

from recording import Sink, run, scrubbed, serve, traces_of_this_machine, written

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"


def main():
    runs = json.loads(pathlib.Path(sys.argv[1]).read_text())
    out = pathlib.Path(sys.argv[2])
    traffic = json.loads((PROGRAMS / "traffic.json").read_text())
    sink = Sink()
    base = serve(sink)
    index = {"projects": []}
    leaks = []
    with open(os.environ.get("RECORD_LOG", os.devnull), "w") as log:
        for number, project in enumerate(traffic["projects"], 1):
            slug = project["slug"]
            sink.envelopes, sink.names = {}, {}
            for spec in runs:
                if spec["project"] == slug:
                    sink.pages = PROGRAMS / spec["pages"] if "pages" in spec else None
                    sink.modules = pathlib.Path(spec["modules"]) if "modules" in spec else None
                    run(sink, base, number, spec, log)
            issues, blob, counts = {}, b"", {}
            order = {issue: place for place, issue in enumerate(dict.fromkeys(sink.names.values()))}
            for event_id, issue in sorted(sink.names.items(), key=lambda entry: order[entry[1]]):
                if event_id not in sink.envelopes:
                    raise SystemExit(f"record: {slug} named {issue}, but its event did not arrive")
                data = written(*scrubbed(*sink.envelopes[event_id], number))
                leaks += [f"{slug}/{issue}: {word}" for word in traces_of_this_machine(data)]
                name = f"{issue}-{counts.setdefault(issue, 0) + 1}"
                counts[issue] += 1
                blob += f"{name} {len(data)}\n".encode() + data + b"\n"
                issues.setdefault(issue, []).append(name)
            (out / f"{slug}.gz").write_bytes(gzip.compress(blob, 9, mtime=0))
            special = project.get("issues", {})
            unknown = set(special) - set(issues)
            if unknown:
                raise SystemExit(f"record: traffic.json names {sorted(unknown)}, which {slug} does not have")
            rows = []
            for place, (issue, templates) in enumerate(issues.items()):
                row = {"name": issue, "templates": templates, "weight": round(100 / (1 + place) ** 0.8)}
                rows.append({**row, **special.get(issue, {})})
            index["projects"].append(
                {k: project[k] for k in ("slug", "name", "platform", "share")} | {"file": f"{slug}.gz", "issues": rows}
            )
            print(f"{slug}: {len(issues)} issues, {sum(counts.values())} templates, {len(blob)} bytes")
    if leaks:
        raise SystemExit("record: traces of this machine:\n  " + "\n  ".join(leaks[:20]))
    lines = json.dumps(index, ensure_ascii=False, indent=1)
    lines = re.sub(r"\[\s+(\"[^\[\]{}]*?\")\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m.group(1)) + "]", lines)
    (out / "index.json").write_text(lines + "\n")


main()
