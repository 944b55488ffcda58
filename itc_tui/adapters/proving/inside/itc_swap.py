"""Puts a fault into a file, and into what is loaded of it: functions get the faulty code.

Lives in somebody else's interpreter: standard library only, Python 3.9 and up.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import tokenize
from collections.abc import Container, Iterator
from types import CodeType, FunctionType
from typing import Any

Change = tuple[CodeType, CodeType]
Swap = list[tuple[Any, CodeType]]
"""Functions, each with the code that it gets."""


class Loaded:
    """The functions that are there, by the files that they were written in."""

    def __init__(self, kept: Container[int] = ()) -> None:
        """`kept`: ids of the namespaces of modules that are to stay as they are."""
        self._functions: dict[str, list[Any]] = {}
        for one in gc.get_objects():
            if type(one) is FunctionType and id(one.__globals__) not in kept:
                self._functions.setdefault(one.__code__.co_filename, []).append(one)
        self._codes: dict[tuple[str, str], CodeType] = {}

    def swap(self, file: str, before: str, after: str) -> Swap | None:
        """What has to change for the fault to be there; None where that cannot be done.

        A module that is not loaded yet will be read from its file.
        """
        if not any(getattr(one, "__file__", None) == file for one in list(sys.modules.values())):
            return []
        try:
            changes = list(_changes(self._compiled(file, before), _compiled(file, after)))
        except (SyntaxError, ValueError, RecursionError):
            return None
        swap: Swap = []
        for chain in changes:
            found = [row for change in chain for row in self._made_of(file, *change)]
            # What no function was made of yet comes with the one that it lies in.
            if not found or any(_leans_elsewhere(*row) for row in found):
                return None
            swap += found
        return swap

    def _compiled(self, file: str, text: str) -> CodeType:
        if (file, text) not in self._codes:
            self._codes[file, text] = _compiled(file, text)
        return self._codes[file, text]

    def _made_of(self, file: str, before: CodeType, after: CodeType) -> Swap:
        functions = self._functions.get(file, ())
        return [(one, after) for one in functions if one.__code__ == before]


def source_of(file: str) -> tuple[str, str]:
    """Text and encoding, by its coding line or byte order mark; no text where it has neither."""
    with open(file, "rb") as source:
        try:
            encoding, _ = tokenize.detect_encoding(source.readline)
            source.seek(0)
            return source.read().decode(encoding), encoding
        except (SyntaxError, UnicodeDecodeError, LookupError):
            return "", "utf-8"


@contextlib.contextmanager
def in_file(file: str, text: str, number: int) -> Iterator[None]:
    with open(file, "rb") as source:
        kept = source.read()
    times, encoding = os.stat(file), source_of(file)[1]
    try:
        with open(file, "w", encoding=encoding, newline="") as source:
            source.write(text)
        stamp = 1_000_000_000 + number
        os.utime(file, (stamp, stamp))  # no kept bytecode can be taken for this text's
        yield
    finally:
        with open(file, "wb") as source:
            source.write(kept)
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def put(swap: Swap) -> None:
    for function, code in swap:
        function.__code__ = code


def _compiled(file: str, text: str) -> CodeType:
    return compile(text, file, "exec", dont_inherit=True)


def _leans_elsewhere(function: Any, code: CodeType) -> bool:
    """Names of an outer function that it uses were bound when it was made."""
    return bool(function.__code__.co_freevars != code.co_freevars)


def _changes(
    before: CodeType, after: CodeType, outer: tuple[Change, ...] = ()
) -> Iterator[tuple[Change, ...]]:
    """Each code that does something else now, at the end of those that it lies in."""
    chain = (*outer, (before, after))
    if _does(before) != _does(after):
        yield chain
    inner = [[one for one in code.co_consts if isinstance(one, CodeType)] for code in chain[-1]]
    if [one.co_name for one in inner[0]] != [one.co_name for one in inner[1]]:
        raise ValueError("not the same functions")
    for one, other in zip(*inner):
        yield from _changes(one, other, chain)


def _does(code: CodeType) -> tuple[object, ...]:
    """All of it but where it stands, and the functions within."""
    values = [repr(one) for one in code.co_consts if not isinstance(one, CodeType)]
    if "__firstlineno__" in code.co_names:  # the body of a class says so from 3.13 on
        values.remove(repr(code.co_firstlineno))
    names = code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars
    return code.co_code, values, names, code.co_flags
