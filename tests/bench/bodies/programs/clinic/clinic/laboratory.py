# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The laboratory: devices, results, files."""

import asyncio
import pathlib
import re
import socket
import struct
import subprocess
import zipfile


class Device:
    def __init__(self, name, port):
        self.name, self.port, self.line = name, port, None

    def __enter__(self):
        self.line = socket.create_connection(("127.0.0.1", self.port), timeout=0.2)
        return self

    def __exit__(self, *error):
        self.line.close()

    def read(self):
        return self.line.recv(16)


def measure(number):
    with Device(f"centrifuge-{number}", 9) as device:
        return device.read()


def listen_silently(number):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        with Device(f"scale-{number}", listener.getsockname()[1]) as device:
            return device.read()


def unpack(number):
    frame = struct.pack(">HB", 400 + number, 7)
    return struct.unpack(">HHI", frame)


def result_file(number):
    return pathlib.Path(f"/srv/clinic/results/{881000 + number}.hl7").read_text()


def open_batch(number):
    return zipfile.ZipFile(pathlib.Path(__file__)).namelist()


def latin(number):
    text = b"Jo\xe3o Cust\xf3dio " + str(number).encode()
    return text.decode("utf-8")


def label(number):
    return f"Probe {number} 検体".encode("ascii")


def barcode(number):
    return re.compile(f"(?P<kind>[A-Z]{{2}})(?P<kind>{number})").match(f"AB{number}")


def convert(number):
    return subprocess.run(["/bin/sh", "-c", f"echo probe {number} >&2; exit 3"], check=True, capture_output=True)


async def probe(name, delay):
    await asyncio.sleep(delay)
    if "3" in name:
        raise ConnectionResetError(104, f"{name} hung up")
    return name


async def collect(number):
    return await asyncio.gather(*(probe(f"device-{i}-{number % 2}", 0.01 * i) for i in range(5)))


def all_devices(number):
    return asyncio.run(collect(number))


async def slow(number):
    return await asyncio.wait_for(asyncio.sleep(5), 0.01)


def slow_device(number):
    try:
        return asyncio.run(slow(number))
    except asyncio.TimeoutError as error:
        raise RuntimeError(f"device {number} is too slow") from error


def group(number):
    faults = [ValueError(f"probe {number} is empty"), KeyError("tube"), ExceptionGroup("rack", [TypeError("no rack")])]
    raise ExceptionGroup(f"{len(faults)} probes of batch {number} failed", faults)


FAULTS = [
    ("measure-refused", measure),
    ("scale-timeout", listen_silently),
    ("frame-too-short", unpack),
    ("result-missing", result_file),
    ("batch-not-zip", open_batch),
    ("name-not-utf8", latin),
    ("label-not-ascii", label),
    ("barcode-pattern", barcode),
    ("convert-exit-code", convert),
    ("devices-reset", all_devices),
    ("device-slow-cause", slow_device),
    ("rack-group", group),
]
