# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records the benches' event templates.

  record.py RUNS.json OUT     (record.sh calls it with what is to run)

RUNS.json is a list of runs, see resources/samples/recording.py. Written is OUT/PROJECT.gz for each project: its
templates, each as `NAME DOOR LENGTH`, newline, an envelope of LENGTH bytes, newline. DOOR is `envelope`, or `store` where
the SDK posted the bare event to /store/. Fails where a template would be outside 3 to 30 KB or tells of this machine.
"""

import gzip
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "resources/samples"))
from recording import Sink, run, scrubbed, serve, traces_of_this_machine, written  # noqa: E402

LEAST, MOST = 3000, 30000  # bytes of an event's JSON


def main():
    runs = json.loads(pathlib.Path(sys.argv[1]).read_text())
    out = pathlib.Path(sys.argv[2])
    out.mkdir(exist_ok=True)
    sink = Sink()
    base = serve(sink)
    faults = []
    with open(os.environ.get("RECORD_LOG", os.devnull), "w") as log:
        for number, project in enumerate(dict.fromkeys(spec["project"] for spec in runs), 1):
            sink.envelopes, sink.names, sink.stored = {}, {}, set()
            for spec in runs:
                if spec["project"] == project:
                    sink.pages = pathlib.Path(spec["pages"]) if "pages" in spec else None
                    sink.modules = pathlib.Path(spec["modules"]) if "modules" in spec else None
                    run(sink, base, number, spec, log)
            blob, sizes, seen = b"", [], set()
            for event_id, name in sorted(sink.names.items(), key=lambda entry: entry[1]):
                if name in seen:  # one fault may be reported twice, by what it broke as well
                    continue
                seen.add(name)
                if event_id not in sink.envelopes:
                    faults.append(f"{project}/{name}: its event did not arrive")
                    continue
                header, items = scrubbed(*sink.envelopes[event_id], number)
                size = sum(len(payload) for _, payload in items)
                if not LEAST <= size <= MOST:
                    faults.append(f"{project}/{name}: {size} bytes")
                data = written(header, items)
                faults += [f"{project}/{name}: {word}" for word in traces_of_this_machine(data)]
                door = "store" if event_id in sink.stored else "envelope"
                blob += f"{name} {door} {len(data)}\n".encode() + data + b"\n"
                sizes.append(size)
            packed = gzip.compress(blob, 9, mtime=0)
            (out / f"{project}.gz").write_bytes(packed)
            mean = sum(sizes) // max(1, len(sizes))
            print(f"{project}: {len(sizes)} templates, {min(sizes)} to {max(sizes)} bytes, mean {mean}, packed {len(packed)}")
    if faults:
        raise SystemExit("record: not as it should be:\n  " + "\n  ".join(faults[:60]))


main()
