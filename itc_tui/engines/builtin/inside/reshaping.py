"""Changes the shape of written data: what a record, a schema or a document holds, and how deep."""

from __future__ import annotations

import ast
import random
from typing import Any, Dict, Iterable, Iterator, List, Optional, Tuple

from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.inside.texts import NUMBERS, Words

Evidence = Dict[str, Dict[str, List[str]]]

_DISPLAYS = (ast.Dict, ast.List, ast.Tuple)
_MOST_EACH = 40
_MOST_KEYS = 200
_LONGEST = 160
"""Of a part that is put in elsewhere."""
_MOST_LETTERS = 500
"""Of the whole; nobody follows data that is longer."""


class Reshaper:
    """Learns which keys go with which values, and puts them together anew."""

    def __init__(self, words: Words, evidence: Evidence, rng: random.Random) -> None:
        """`evidence`: function → parameter → what documents hand over."""
        self._words, self._rng = words, rng
        self._of_key: Dict[str, List[str]] = {}
        self._parts: List[str] = []
        for slots in evidence.values():
            for codes in slots.values():
                self.take(codes)

    def take(self, codes: Iterable[str]) -> None:
        """Learn from data that brought a program further, or that documents show."""
        for code in codes:
            for node in _displays_in(code):
                self._note(self._parts, _text_of(node, code))
                for key, value in _pairs_of(node):
                    if len(self._of_key) < _MOST_KEYS or key in self._of_key:
                        self._note(self._of_key.setdefault(key, []), _text_of(value, code))

    def _note(self, row: List[str], part: str) -> None:
        if part not in row and len(part) <= _LONGEST and _is_data(part):
            row.append(part)
            del row[:-_MOST_EACH]

    def reshaped(self, code: str, module: str, start: int = 0, word: str = "") -> Optional[str]:
        """The code with one of its displays changed; None where it has none.

        Only what begins at `start` or later is touched. With a `word`, it becomes a key.
        """
        places = [node for node in _displays_in(code) if _span(node, code)[0] >= start]
        if word:
            places = [node for node in places if isinstance(node, ast.Dict)]
        if not places:
            return None
        node = self._rng.choice(places)
        parts = list(_parts_of(node, code))
        fresh = self._changed(node, parts, module, word)
        begin, end = _span(node, code)
        whole = code[:begin] + fresh + code[end:]
        is_fit = len(whole) <= _MOST_LETTERS and whole != code and not says_a_key_twice(whole)
        return whole if is_fit else None

    def _changed(self, node: ast.expr, parts: List[str], module: str, word: str) -> str:
        rng = self._rng
        is_map = isinstance(node, ast.Dict)
        chance = 0.0 if word else rng.random()
        if not parts or chance < 0.45:
            place = rng.randint(0, len(parts))
            parts.insert(place, self._item(module, word) if is_map else self._value("", module))
        elif chance < 0.6:
            del parts[rng.randrange(len(parts))]
        elif chance < 0.7 and self._parts:
            return rng.choice(self._parts)
        elif chance < 0.8:
            inner = _written(node, parts)
            return "{%r: %s}" % (self._key(module), inner) if rng.random() < 0.6 else "[%s]" % inner
        elif is_map:
            parts[rng.randrange(len(parts))] = self._item(module)
        else:
            parts[rng.randrange(len(parts))] = self._value("", module)
        return _written(node, parts)

    def _item(self, module: str, word: str = "") -> str:
        key = word or self._key(module)
        return "%r: %s" % (key, self._value(key, module))

    def _key(self, module: str) -> str:
        rng = self._rng
        if self._of_key and rng.random() < 0.5:
            return rng.choice(list(self._of_key))
        if self._words.wanted and rng.random() < 0.6:
            return rng.choice(self._words.wanted)
        near = [word for word in self._words.near(module) if word.isidentifier()]
        return rng.choice(near or ["a", "b", "name"])

    def _value(self, key: str, module: str) -> str:
        rng = self._rng
        known = self._of_key.get(key)
        if known and rng.random() < 0.7:
            return rng.choice(known)
        chance = rng.random()
        if chance < 0.35 and self._parts:
            return rng.choice(self._parts)
        if chance < 0.5 and self._of_key:
            return rng.choice(self._of_key[rng.choice(list(self._of_key))])
        if chance < 0.7:
            return repr(rng.choice(NUMBERS))
        if chance < 0.85:
            return repr(self._words.one(module)[:40])
        return rng.choice(("True", "False", "None", "{}", "[]", "'a'", "1.5"))


def says_a_key_twice(code: str) -> bool:
    """As nobody writes it: only the last of the values counts."""
    keys = (
        [ast.dump(key) for key in node.keys if isinstance(key, ast.Constant)]
        for node in _displays_in(code)
        if isinstance(node, ast.Dict)
    )
    return any(len(set(row)) < len(row) for row in keys)


def _displays_in(code: str) -> Iterator[ast.expr]:
    try:
        tree = parsed_source(code.strip()) if code == code.strip() else None
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, _DISPLAYS) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            yield node


def _pairs_of(node: ast.expr) -> Iterator[Tuple[str, ast.expr]]:
    for key, value in zip(node.keys, node.values) if isinstance(node, ast.Dict) else ():
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value, value


def _parts_of(node: Any, code: str) -> Iterator[str]:
    if not isinstance(node, ast.Dict):
        yield from (_text_of(item, code) for item in node.elts)
        return
    for key, value in zip(node.keys, node.values):
        head = "**" if key is None else _text_of(key, code) + ": "
        yield head + _text_of(value, code)


def _written(node: ast.expr, parts: List[str]) -> str:
    inner = ", ".join(parts)
    if isinstance(node, ast.Dict):
        return "{%s}" % inner
    if isinstance(node, ast.Tuple):
        return "(%s,)" % inner if len(parts) == 1 else "(%s)" % inner
    return "[%s]" % inner


def _is_data(part: str) -> bool:
    """It means the same wherever it is put."""
    try:
        ast.literal_eval(part)
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return False
    return True


def _text_of(node: ast.AST, code: str) -> str:
    begin, end = _span(node, code)
    return code[begin:end]


def _span(node: Any, code: str) -> Tuple[int, int]:
    """Python counts bytes, and lines."""
    lines = code.splitlines(keepends=True)

    def at(line: int, column: int) -> int:
        before = sum(len(one) for one in lines[: line - 1])
        return before + len(lines[line - 1].encode("utf-8")[:column].decode("utf-8"))

    return at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset)
