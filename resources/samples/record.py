# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records the sample events.

  record.py RUNS.json OUT [--traces]     (record.sh calls it with what is to run)

RUNS.json is a list of runs, see recording.py; those with "traces" send transactions. Only what is named is kept. Written
are OUT/PROJECT.gz (all templates of a project, each as `NAME LENGTH`, newline, envelope, newline), OUT/PROJECT-traces.gz
with its transactions, and OUT/index.json. With --traces the events stay as they are.
"""

import gzip
import json
import os
import pathlib
import re
import sys

from recording import Sink, run, scrubbed, serve, traces_of_this_machine, written

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"


def record(sink, base, number, slug, specs, log):
    """Runs them: what they named, in the order of the names, each with the envelopes that came for it."""
    sink.envelopes, sink.names = {}, {}
    for spec in specs:
        sink.pages = PROGRAMS / spec["pages"] if "pages" in spec else None
        sink.modules = pathlib.Path(spec["modules"]) if "modules" in spec else None
        run(sink, base, number, spec, log)
    found = {name: [] for name in sink.names.values()}
    for event_id, name in sink.names.items():
        if event_id not in sink.envelopes:
            raise SystemExit(f"record: {slug} named {name}, but its event did not arrive")
        data = written(*scrubbed(*sink.envelopes[event_id], number))
        leaks = [f"{slug}/{name}: {word}" for word in traces_of_this_machine(data)]
        if leaks:
            raise SystemExit("record: traces of this machine:\n  " + "\n  ".join(leaks[:20]))
        found[name].append(data)
    return found


def write(path, templates):
    blob = b"".join(f"{name} {len(data)}\n".encode() + data + b"\n" for name, data in templates)
    path.write_bytes(gzip.compress(blob, 9, mtime=0))
    print(f"{path.stem}: {len(templates)} templates, {len(blob)} bytes")


def special(project, kind, known):
    """What traffic.json says of single ones of the project."""
    rows = project.get(kind, {})
    unknown = set(rows) - set(known)
    if unknown:
        raise SystemExit(f"record: traffic.json names {sorted(unknown)}, which {project['slug']} does not have")
    return rows


def rank(place, most):
    return round(most / (1 + place) ** 0.8)


def record_events(out, project, found):
    slug = project["slug"]
    write(out / f"{slug}.gz", [(f"{name}-{i}", data) for name, all in found.items() for i, data in enumerate(all, 1)])
    rows = special(project, "issues", found)
    return [
        {"name": name, "templates": [f"{name}-{i}" for i in range(1, len(all) + 1)], "weight": rank(place, 100)}
        | rows.get(name, {})
        for place, (name, all) in enumerate(found.items())
    ]


def record_traces(out, project, found):
    slug = project["slug"]
    write(out / f"{slug}-traces.gz", [(name, all[-1]) for name, all in found.items()])
    rows = special(project, "endpoints", found)
    return {"file": f"{slug}-traces.gz", "endpoints": [
        {"template": name, "median": 40, "spread": 0.5, "rate": rank(place, 60)} | rows.get(name, {})
        for place, name in enumerate(found)
    ]}


def main():
    runs = json.loads(pathlib.Path(sys.argv[1]).read_text())
    out = pathlib.Path(sys.argv[2])
    only_traces = sys.argv[3:] == ["--traces"]
    traffic = json.loads((PROGRAMS / "traffic.json").read_text())
    sink = Sink()
    base = serve(sink)
    was = {row["slug"]: row for row in json.loads((out / "index.json").read_text())["projects"]} if only_traces else {}
    index = {"projects": []}
    with open(os.environ.get("RECORD_LOG", os.devnull), "w") as log:
        for number, project in enumerate(traffic["projects"], 1):
            slug = project["slug"]
            row = {k: project[k] for k in ("slug", "name", "platform", "share")} | {"file": f"{slug}.gz"}
            specs = [spec for spec in runs if spec["project"] == slug and not spec.get("traces")]
            row["issues"] = (was[slug]["issues"] if only_traces
                else record_events(out, project, record(sink, base, number, slug, specs, log)))
            specs = [spec for spec in runs if spec["project"] == slug and spec.get("traces")]
            if specs:
                row["traces"] = record_traces(out, project, record(sink, base, number, slug, specs, log))
            index["projects"].append(row)
    lines = json.dumps(index, ensure_ascii=False, indent=1)
    lines = re.sub(r"\[\s+(\"[^\[\]{}]*?\")\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m.group(1)) + "]", lines)
    lines = re.sub(r"\{\s+(\"template\"[^{}]*?)\s+\}", lambda m: "{" + re.sub(r"\s+", " ", m.group(1)) + "}", lines)
    (out / "index.json").write_text(lines + "\n")


main()
