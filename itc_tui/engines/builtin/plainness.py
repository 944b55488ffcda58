"""How plain the inputs of a case are, and what could stand in place of an odd one."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.texts import PLAIN
from itc_tui.engines.builtin.odd_items import odd_items
from itc_tui.engines.builtin.one_line import parsed_line, with_part_replaced

_LONG = 12
_MOST_WORDS = 300
_LONGEST_KNOWN = 40
_LIKE = 0.5
_PLAIN = re.compile(r"\d{0,6}|[^\W\d_]\w*([ .-]\w+){0,5}")
_WORD = re.compile(r"\w+")
_PLAIN_WORD = re.compile(r"\d{1,6}|[a-z]{2,}(_[a-z]+)*|[A-Z]?[a-z]+|[A-Z]{2,}(_[A-Z]+)*")
_WANTED = frozenset({"name", "other", "third", "fourth", "unknown"})
PLAIN_NAMES = ("name", "other", "third")
_SHORT = re.compile(r"[a-z]{1,5}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LINES_EACH = 3
_HUGE, _YEARS = 1000, range(1900, 2100)


def strangeness(program: Program, words: Collection[str]) -> tuple[int, int, int, int]:
    """How much means nothing, how many odd words there are in it, how many texts the target does
    not know, and how long it is."""
    codes = [step.code for step in program.steps if step.kind != "raw"]
    texts = [text for code in codes for text in texts_in(code)]
    odd = [text.value for text in texts if is_odd(text.value, words)]
    unknown = sum(_unknown(text.value, words) for text in texts)
    raw = sum(text.is_bytes for text in texts)
    # The words of one object handed to another.
    raw += sum(step.code.startswith(("repr(", "str(")) for step in program.steps[:-1])
    return (
        len(odd) + raw + sum(len(numbers_in(code)) + odd_items(code) for code in codes),
        sum(len(_odd_words(value, words)) for value in odd),
        unknown,
        sum(len(step.text) for step in program.steps),
    )


def is_odd(value: str, words: Collection[str]) -> bool:
    if not _WORD.search(value):  # signs alone, whoever uses them
        return bool(value.strip())
    return value not in words and _PLAIN.fullmatch(value) is None


def _unknown(value: str, words: Collection[str]) -> int:
    if len(value) > _LONGEST_KNOWN:
        return 2
    return 0 if value in words else 1 + is_made_up(value)


def is_made_up(value: str) -> bool:
    """Where the target does not know it: neither a number nor one of the texts that are tried
    everywhere."""
    is_plain = value in PLAIN or value in _WANTED or _SHORT.fullmatch(value)
    return not (is_plain or _NUMBER.fullmatch(value))


class Text(NamedTuple):
    """A literal in a line of code, with its place in bytes."""

    start: int
    end: int
    value: str
    is_bytes: bool = False

    def replaced_in(self, code: str, other: str) -> str:
        written = repr(other.encode("utf-8")) if self.is_bytes else repr(other)
        return with_part_replaced(code, self.start, self.end, written)

    def as_text_in(self, code: str) -> str:
        """For bytes: the same as a text."""
        return with_part_replaced(code, self.start, self.end, repr(self.value))


class Number(NamedTuple):
    """A number in a line of code that nobody would think of first."""

    start: int
    end: int

    def replaced_in(self, code: str, other: int) -> str:
        return with_part_replaced(code, self.start, self.end, repr(other))


def numbers_in(code: str) -> list[Number]:
    """Those that are handed over below zero, or far above what people count."""
    tree = parsed_line(code)
    found = []
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Call):
            for given in (*node.args, *(word.value for word in node.keywords)):
                if _is_odd_number(given):
                    found.append(Number(given.col_offset, given.end_col_offset or 0))
    return found


def _is_odd_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant)
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, int | float) and value > _HUGE and value not in _YEARS


def shorter(value: str) -> list[str]:
    """Its first word, one of its lines, or half of it."""
    if len(value) <= _LONG:
        return []
    lines = [line for line in value.splitlines() if line.strip()]
    each = lines[:_LINES_EACH] if len(lines) > 1 else []
    return list(dict.fromkeys([_first_word(value), *each, value[: len(value) // 2]]))


def in_plain_words(value: str, words: Collection[str]) -> list[str]:
    """The same marks around plain words: `${_9:-y68}` reads `${name:-other}`."""
    odd = _odd_words(value, words)
    if not odd or len(odd) > len(PLAIN_NAMES) or not is_odd(value, words):
        return []
    names = dict(zip(odd, PLAIN_NAMES))
    return [_WORD.sub(lambda match: names.get(match[0], match[0]), value)]


def _odd_words(value: str, words: Collection[str]) -> list[str]:
    found = dict.fromkeys(_WORD.findall(value))
    return [one for one in found if one not in words and not _PLAIN_WORD.fullmatch(one)]


def alike(value: str, words: Collection[str]) -> list[str]:
    near = _nearest(value, tuple(words)[:_MOST_WORDS])
    if not _WORD.search(value):
        return [PLAIN_NAMES[0]]
    return [*near, *([_first_word(value)] if is_odd(value, words) else [])]


@lru_cache(maxsize=4096)
def _nearest(value: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Only those of about its length are compared: a comparison of texts is slow."""
    length = len(value)
    like = [word for word in words if length / 2 <= len(word) <= length * 2]
    return tuple(difflib.get_close_matches(value, like, n=1, cutoff=_LIKE))


def texts_in(code: str) -> list[Text]:
    """Literals of one line, the longest first."""
    tree = parsed_line(code)
    if tree is None:
        return []
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for node in joined for part in node.values}
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in inside:
            continue
        place = node.col_offset, node.end_col_offset or 0
        if isinstance(node.value, str):
            found.append(Text(*place, node.value))
        elif isinstance(node.value, bytes) and node.value.isascii():
            found.append(Text(*place, node.value.decode("ascii"), is_bytes=True))
    return sorted(found, key=lambda one: -len(one.value))


def _first_word(value: str) -> str:
    word = re.search(r"[^\W\d_]{2,10}", value)
    return word[0].lower() if word else value[:4]
