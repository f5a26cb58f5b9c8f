# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records the sample events: a tiny HTTP sink that real SDKs post to, and the runs of our programs that make them do so.

  record.py RUNS.json OUT     (record.sh calls it with what is to run)

RUNS.json is a list of {"project", "argv", "cwd"}; in argv, {url} is filled in, and the DSN is in SENTRY_DSN. A browser
also has {"browser": true, "host", "pages", "modules", "visit"}. A program prints one line `EVENT_ID ISSUE` for each
event that it lets break; the browser posts them to /named. Only events named so are kept. Written are OUT/PROJECT.gz (all templates of a project, each as `NAME LENGTH`, newline,
envelope, newline) and OUT/index.json. Only the Python standard library is used.
"""

import base64
import gzip
import http.server
import json
import mimetypes
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import urllib.parse
import zlib

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"
KEY = "0123456789abcdef0123456789abcdef"
PUBLIC_DSN = f"https://{KEY}@collect.example.org/"  # what stands in recorded envelope headers

# What an SDK tells about the machine it runs on is replaced by these.
DEVICE = {
    "boot_time": "2026-01-05T04:12:30.000Z",
    "memory_size": 8589934592,
    "free_memory": 3221225472,
    "processor_count": 4,
    "cpu_description": "Virtual CPU",
    "processor_frequency": 2400,
    "num_cpu": 4,
}
OS = {"kernel_version": "6.1.0-18-amd64", "version": "6.1.0-18-amd64", "build": "6.1.76"}


class Sink:
    def __init__(self):
        self.lock = threading.Lock()
        self.envelopes = {}  # event id -> (header, [(item header, payload)])
        self.names = {}  # event id -> issue, in the order of the program
        self.pages = None  # folder served to the browser
        self.modules = None  # folder of npm packages served to the browser
        self.visit = {}  # settings of the browser's visit
        self.done = threading.Event()

    def name(self, line):
        event_id, _, issue = line.strip().partition(" ")
        if re.fullmatch(r"[0-9a-f]{32}", event_id) and issue:
            with self.lock:
                self.names[event_id] = issue

    def take_envelope(self, body):
        head, _, rest = body.partition(b"\n")
        header = json.loads(head)
        items = []
        while rest.strip():
            line, _, rest = rest.partition(b"\n")
            item = json.loads(line)
            if "length" in item:
                payload, rest = rest[: item["length"]], rest[item["length"] + 1 :]
            else:
                payload, _, rest = rest.partition(b"\n")
            items.append((item, payload))
        if any(item.get("type") == "event" for item, _ in items):
            with self.lock:
                self.envelopes[header["event_id"].replace("-", "")] = (header, items)

    def take_event(self, body):
        """An old SDK posts bare events to /store/: they become an envelope as newer ones would send them."""
        event = json.loads(body)
        header = {"event_id": event["event_id"], "sent_at": event["timestamp"]}
        item = {"type": "event", "content_type": "application/json", "length": len(body)}
        with self.lock:
            self.envelopes[event["event_id"].replace("-", "")] = (header, [(item, body)])


def decoded(body, encoding):
    if encoding == "gzip":
        return gzip.decompress(body)
    if encoding == "deflate":
        return zlib.decompress(body)
    return body


def handler_for(sink):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

        def body(self):
            if "chunked" in self.headers.get("Transfer-Encoding", ""):
                parts = []
                while size := int(self.rfile.readline().split(b";")[0], 16):
                    parts.append(self.rfile.read(size))
                    self.rfile.readline()
                self.rfile.readline()
                return b"".join(parts)
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def answer(self, status, body=b"", content_type="application/json", headers=()):
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "*")
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_OPTIONS(self):
            self.answer(204)

        def do_POST(self):
            body = decoded(self.body(), self.headers.get("Content-Encoding", ""))
            path = urllib.parse.urlsplit(self.path).path
            if path.endswith("/envelope/"):
                sink.take_envelope(body)
                self.answer(200, b"{}")
            elif path.endswith("/store/"):
                if not body.startswith(b"{"):
                    body = zlib.decompress(base64.b64decode(body))
                sink.take_event(body)
                self.answer(200, b"{}")
            elif path == "/named":
                for line in body.decode().splitlines():
                    sink.name(line)
                self.answer(204)
            elif path == "/done":
                self.answer(204)
                sink.done.set()
            else:
                self.answer(404, b'{"detail":"no such thing in this shop"}')

        def do_GET(self):
            """The pages of the shop front, and the SDK's modules."""
            path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
            file = None
            if path == "/visit":
                self.answer(200, json.dumps(sink.visit).encode())
                return
            if path.startswith("/modules/") and sink.modules:
                file = sink.modules / path.removeprefix("/modules/")
            elif path.startswith("/assets/") and sink.pages:
                file = sink.pages / path.removeprefix("/assets/")
            elif not path.startswith("/api/") and sink.pages:
                file = sink.pages / "index.html"  # the shop front routes by itself
            if path.startswith("/api/broken-json"):
                self.answer(200, b"<!doctype html><title>502</title>", "text/html")
            elif path.startswith("/api/gone"):
                self.answer(503, b'{"detail":"out for lunch"}')
            elif path.startswith("/api/"):
                self.answer(200, b"{}")
            elif file is None or not file.is_file():
                self.answer(404, b"{}")
            else:
                kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
                self.answer(200, file.read_bytes(), kind)

    return Handler


def scrubbed(header, items, project_number):
    """Takes out what an SDK tells about this machine. Nothing else is touched."""
    if "dsn" in header:
        header["dsn"] = PUBLIC_DSN + str(project_number)
    result = []
    for item, payload in items:
        if item.get("type") != "event":
            continue
        event = json.loads(payload)
        contexts = event.get("contexts") or {}
        for context, fixed in (("device", DEVICE), ("os", OS)):
            for key, value in fixed.items():
                if key in contexts.get(context, {}):
                    contexts[context][key] = value
        contexts.get("culture", {}).pop("timezone", None)
        if event.get("platform") in ("python", "go", "ruby"):
            event.pop("modules", None)  # the packages that happen to be installed here
        payload = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        if "length" in item:
            item["length"] = len(payload)
        result.append((item, payload))
    return header, result


def written(header, items):
    def line(value):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    return line(header) + b"".join(line(item) + payload + b"\n" for item, payload in items)


def traces_of_this_machine(data):
    """Names that must not be in a recording."""
    hosts = {socket.gethostname(), os.uname().release}
    folders = ("/root", "/home/", "/tmp/", str(PROGRAMS.parents[2]))
    return [word for word in (*hosts, *folders) if len(word) > 3 and word.encode() in data]


def run(sink, base, number, spec, log):
    dsn = f"http://{KEY}@{spec.get('host', base)}/{number}"

    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "SENTRY_DSN": dsn}
    argv = [arg.replace("{url}", base) for arg in spec["argv"]]
    sink.visit = {**spec.get("visit", {}), "dsn": dsn}
    sink.done.clear()
    process = subprocess.Popen(argv, cwd=spec["cwd"], env=env, stdout=subprocess.PIPE, stderr=log, text=True)
    if spec.get("browser"):
        if not sink.done.wait(90):
            raise SystemExit(f"record: the pages of {spec['project']} did not come to their end")
        process.terminate()
        process.wait(20)
    else:
        output, _ = process.communicate(timeout=180)
        for line in output.splitlines():
            sink.name(line)
        if process.returncode != 0:
            raise SystemExit(f"record: {argv[0]} of {spec['project']} ended with {process.returncode}")


def main():
    runs = json.loads(pathlib.Path(sys.argv[1]).read_text())
    out = pathlib.Path(sys.argv[2])
    traffic = json.loads((PROGRAMS / "traffic.json").read_text())
    sink = Sink()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_for(sink))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"127.0.0.1:{server.server_port}"
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
