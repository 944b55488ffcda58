"""Says what documents quote to whoever takes a text, each sentence once, and uses what comes of it.

A query language is shown in a table of its forms, and not in calls: by chance a search would
say each of them to each reader only after a long time.
"""

from __future__ import annotations

import ast
import inspect
from typing import Any, Iterator, List, NamedTuple, Sequence

from itc_tui.engines.builtin.inside.kinds import EMPTY, Param
from itc_tui.engines.builtin.inside.parameters import Parameters
from itc_tui.engines.builtin.inside.surface import Entry

_MOST_SAID = 160
_MOST_READERS = 6
_LEAST = 2
"""Phrases; of one alone nobody knows whether it is of a language."""
_FREE = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


class Said(NamedTuple):
    reader: Entry
    phrase: str


def to_say(callables: Sequence[Entry], parameters: Parameters, phrases: List[str]) -> List[Said]:
    """Of readers that documents show with a text, and that ask for nothing else."""
    readers = [one for one in callables if _is_reader(one, parameters)][:_MOST_READERS]
    if len(phrases) < _LEAST:
        return []
    return [Said(reader, phrase) for phrase in phrases for reader in readers][:_MOST_SAID]


def _is_reader(target: Entry, parameters: Parameters) -> bool:
    if target.func is None or target.compose is not None or target.kind not in _KINDS:
        return False
    rows = parameters.of(target)
    if not rows or rows[0].kind in _FREE or not _is_shown_with_a_text(rows[0]):
        return False
    return all(row.has_default or row.kind in _FREE for row in rows[1:])


_KINDS = ("function", "static", "class")


def _is_shown_with_a_text(param: Param) -> bool:
    """In a document, or in the target's own calls; and nothing says that it is anything else."""
    if param.annotation not in (EMPTY, Any, str) and "str" not in str(param.annotation):
        return False
    return any(_is_text(code) for code, _ in param.evidence)


def _is_text(code: str) -> bool:
    try:
        return isinstance(ast.literal_eval(code), str)
    except (ValueError, SyntaxError):
        return False


def shares(said: List[Said], hands: int) -> Iterator[List[Said]]:
    """As many parts as there are hands."""
    return (said[place::hands] for place in range(hands))
