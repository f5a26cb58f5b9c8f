# SPDX-FileCopyrightText: 2026 The Vedette developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Patient records: trees, forms, plugins."""

import abc
import contextlib
import enum
import importlib
import inspect
import sys
import weakref


class State(enum.Enum):
    OPEN = "open"
    CLOSED = "closed"


class Form(abc.ABC):
    @abc.abstractmethod
    def fields(self):
        """What is asked."""


class Intake(Form):
    def title(self):
        return "Intake"


class Record:
    __slots__ = ("number", "notes", "parent", "__weakref__")

    def __init__(self, number, parent=None):
        self.number, self.notes, self.parent = number, [], parent

    def root(self):
        return self if self.parent is None else self.parent.root()

    def __getattr__(self, name):
        raise AttributeError(f"record {self.number} keeps no {name}")


@contextlib.contextmanager
def shallow(frames):
    """The SDK sends each frame of a recursion; a thousand of them are no ordinary event."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + frames)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def family(number):
    child = Record(number)
    child.parent = Record(number + 1, child)  # each is the other's parent
    with shallow(32):
        return child.root()


def intake(number):
    return Intake().title()


def state(number):
    return [State(text) for text in ("open", "closed", f"archived-{number}")]


def allergies(number):
    return Record(number).allergies


def tag(number):
    record = Record(number)
    record.tags = [number]


def plugin(number):
    return importlib.import_module(f"clinic.plugins.export{number % 3}")


def export(number):
    try:
        return plugin(number)
    except ModuleNotFoundError as error:
        raise LookupError(f"no exporter for practice {number}") from error


def forgotten(number):
    reference = weakref.proxy(Record(number))
    return reference.notes


def merge(first, /, second, *, strategy):
    return (first, second, strategy)


def merge_records(number):
    return merge(Record(number), second=Record(number + 1), strategie="newest")


def history(number):
    notes = {f"visit-{i}": {"doctor": f"d-{i * 31}", "text": "pressure 120 over 80, returns in a week"} for i in range(30)}
    return notes[f"visit-{100 + number}"]


def cut(number):
    pages = [f"page {i}" for i in range(number % 5 + 2)]
    return pages[len(pages)]


FAULTS = [
    ("family-recursion", family),
    ("intake-abstract", intake),
    ("state-unknown", state),
    ("allergies-attribute", allergies),
    ("tag-slots", tag),
    ("export-no-module-cause", export),
    ("reference-dead", forgotten),
    ("merge-keyword", merge_records),
    ("history-key", history),
    ("pages-index", cut),
]
