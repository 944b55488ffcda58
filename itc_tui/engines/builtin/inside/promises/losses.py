"""Notices in any program that what is read is not what was written, whoever asked for it."""

from __future__ import annotations

import copy
from typing import Any, Dict, List, Set, Tuple

from itc_tui.engines.builtin.inside.promises.pairs import Pair
from itc_tui.engines.builtin.inside.promises.records import fields_of, records_in

_MOST_LISTS = 20


class Losses:
    """Which fields got lost between the two halves of a pair, per program."""

    def __init__(self, pairs: List[Pair]) -> None:
        self._writers: Dict[Any, List[int]] = {}
        self._readers: Dict[Any, List[int]] = {}
        self._pairs = pairs
        for place, pair in enumerate(pairs):
            if pair.carrier:
                self._writers.setdefault(pair.codes[0], []).append(place)
                self._readers.setdefault(pair.codes[1], []).append(place)
        self._written: Dict[int, List[Any]] = {}
        self._seen: Dict[Tuple[int, str], Set[str]] = {}
        self._ident = ""

    def begin(self, ident: str) -> None:
        self._ident, self._written = ident, {}

    def profile(self, frame: Any, event: str, arg: Any) -> None:
        if event == "call":
            for place in self._writers.get(frame.f_code, ()):
                pair = self._pairs[place]
                self._write(place, pair, frame.f_locals.get(pair.carrier))
        elif event == "return":
            for place in self._readers.get(frame.f_code, ()):
                self._read(place, self._pairs[place], arg)

    def of(self, pair: Pair, field: str) -> Tuple[str, ...]:
        """Programs in which this field of what was written did not come back."""
        return tuple(sorted(self._seen.get((self._pairs.index(pair), field), ())))

    def _write(self, place: int, pair: Pair, value: Any) -> None:
        row = self._written.setdefault(place, [])
        for _, record in records_in(value):
            if type(record) is pair.kind and len(row) < 20:
                try:
                    row.append(copy.deepcopy(record))
                except Exception:
                    continue

    def _read(self, place: int, pair: Pair, value: Any) -> None:
        for _, record in records_in(value):
            if type(record) is not pair.kind:
                continue
            twins = [
                one
                for one in self._written.get(place, ())
                if all(_same(one, record, key) for key in pair.keys)
            ]
            for field in fields_of(pair.kind):
                if twins and not any(_same(one, record, field) for one in twins):
                    self._seen.setdefault((place, field), set()).add(self._ident)


def first_difference(one: Any, other: Any) -> str:
    """Name of the first field in which two records differ; those in lists are taken out."""
    for _ in range(_MOST_LISTS):  # a list may be its own first item
        if not (isinstance(one, list) and isinstance(other, list) and one and other):
            break
        one, other = one[0], other[0]
    if type(one) is type(other):
        for name in fields_of(type(one)):
            if not _same(one, other, name):
                return name
    return ""


def _same(one: Any, other: Any, name: str) -> bool:
    try:
        return bool(getattr(one, name, None) == getattr(other, name, None))
    except Exception:
        return True
