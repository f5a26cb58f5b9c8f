# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What recordings of real SDKs have in common: a tiny HTTP sink that they post to, the runs of our programs, and the
scrubbing of what SDKs tell about the machine. Used by record.py beside this file and by tests/bench/bodies/record.py.

A run is {"project", "argv", "cwd"}; in argv, {url} is filled in, and the DSN is in SENTRY_DSN. A browser also has
{"browser": true, "host", "pages", "modules", "visit"} and may have "patience" in seconds. A program prints one line `EVENT_ID ISSUE` for each event that it
lets break; the browser posts them to /named. Only the Python standard library is used.
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
import threading
import urllib.parse
import zlib

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
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

# The visitors of our pages.
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
)


def browser(work, number, page):
    """The command line of Chromium as the visitor of that number. No networking but to the sink: every other name is
    unknown."""
    host = urllib.parse.urlsplit(page).hostname
    rules = f"MAP {host}:80 {{url}}, MAP collect.example.org:80 {{url}}, MAP * ~NOTFOUND"
    options = (
        "--no-sandbox --headless --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --disable-default-apps --lang=en-US --window-size=1280,800 "
        "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LocalNetworkAccessChecks"
    ).split()
    return ["chromium", *options, f"--user-data-dir={work}/chromium-{number}", f"--user-agent={AGENTS[number]}",
        f"--host-resolver-rules={rules}", page]


class Sink:
    def __init__(self):
        self.lock = threading.Lock()
        self.envelopes = {}  # event id -> (header, [(item header, payload)])
        self.stored = set()  # event ids that came as bare events to /store/
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
        if any(item.get("type") in ("event", "transaction") for item, _ in items):
            with self.lock:
                self.envelopes[header["event_id"].replace("-", "")] = (header, items)

    def take_event(self, body):
        """An old SDK posts bare events to /store/: they become an envelope as newer ones would send them."""
        event = json.loads(body)
        header = {"event_id": event["event_id"], "sent_at": event["timestamp"]}
        item = {"type": "event", "content_type": "application/json", "length": len(body)}
        with self.lock:
            self.envelopes[event["event_id"].replace("-", "")] = (header, [(item, body)])
            self.stored.add(event["event_id"].replace("-", ""))


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
        if item.get("type") not in ("event", "transaction"):
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
    folders = ("/root", "/home/", "/tmp/", str(REPOSITORY))
    with open("/etc/resolv.conf", encoding="utf-8") as file:
        hosts |= {words[1] for words in map(str.split, file) if words[:1] == ["nameserver"] and len(words) > 1
            and not words[1].startswith("127.")}
    return [word for word in (*hosts, *folders) if len(word) > 3 and word.encode() in data]


def run(sink, base, number, spec, log):
    dsn = f"http://{KEY}@{spec.get('host', base)}/{number}"

    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "SENTRY_DSN": dsn}
    argv = [arg.replace("{url}", base) for arg in spec["argv"]]
    sink.visit = {**spec.get("visit", {}), "dsn": dsn}
    sink.done.clear()
    process = subprocess.Popen(argv, cwd=spec["cwd"], env=env, stdout=subprocess.PIPE, stderr=log, text=True)
    if spec.get("browser"):
        if not sink.done.wait(spec.get("patience", 90)):
            raise SystemExit(f"record: the pages of {spec['project']} did not come to their end")
        process.terminate()
        process.wait(20)
    else:
        output, _ = process.communicate(timeout=180)
        for line in output.splitlines():
            sink.name(line)
        if process.returncode != 0:
            raise SystemExit(f"record: {argv[0]} of {spec['project']} ended with {process.returncode}")


def serve(sink):
    """Starts the sink on a free port of this machine; answers with `host:port`."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_for(sink))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"127.0.0.1:{server.server_port}"
