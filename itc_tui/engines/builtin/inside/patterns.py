"""Texts that fit the regular expressions which a module holds: what its parsers look for."""

from __future__ import annotations

import contextlib
import random
import re
import types
import warnings
from typing import Any, Dict, Iterator, List, Mapping

from itc_tui.engines.builtin.inside.modules import answers, held_in
from itc_tui.engines.builtin.inside.python_samples import SAMPLES, reads_python

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    try:
        from re import _parser as _sre  # type: ignore[attr-defined, unused-ignore]
    except ImportError:  # before Python 3.11
        import sre_parse as _sre  # type: ignore[no-redef, unused-ignore]

_MOST_EACH = 12
_MOST_PATTERNS = 40
_CLASSES = {
    "CATEGORY_DIGIT": "0123456789",
    "CATEGORY_WORD": "abcxyz019_",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_DIGIT": "ax- ",
    "CATEGORY_NOT_SPACE": "ab1",
    "CATEGORY_NOT_WORD": " -.",
}
_ANY = "abcdefgxyz 0123456789"


def fitting_texts(
    modules: List[types.ModuleType], words: Dict[str, List[str]], rng: random.Random
) -> Dict[str, List[str]]:
    """Module name → texts that its patterns match, and sources where it reads Python."""
    found: Dict[str, List[str]] = {}
    for module in modules:
        texts: List[str] = []
        said = dict(enumerate(words.get(module.__name__, ())))
        patterns = {one.pattern: one for one in [*_patterns(held_in(module)), *_patterns(said)]}
        for pattern in list(patterns.values())[:_MOST_PATTERNS]:
            for _ in range(_MOST_EACH):
                text = fitting_text(pattern, rng)
                if text is not None and text not in texts and len(text) <= 120:
                    texts.append(text)
        if reads_python(module):
            texts.extend(SAMPLES)
        if texts:
            found[module.__name__] = texts
    return found


def fitting_text(pattern: Any, rng: random.Random) -> Any:
    """A text that the pattern matches, or None when none was made."""
    try:
        tree = _sre.parse(pattern.pattern, pattern.flags & ~re.LOCALE)
        text = _Writer(rng).write(tree)
        return text if pattern.search(text) else None
    except Exception:
        return None


def _patterns(space: Mapping[Any, Any], depth: int = 0) -> Iterator[Any]:
    for name, value in list(space.items()):
        if (isinstance(name, str) and name.startswith("__")) or not answers(value):
            continue
        if isinstance(value, re.Pattern):
            if isinstance(value.pattern, str):
                yield value
            else:
                yield from _of_text(value)
        elif isinstance(value, str) and depth < 2 and _looks_like_one(value):
            try:
                yield re.compile(value, re.VERBOSE if "\n" in value else 0)
            except (re.error, ValueError, OverflowError):
                continue
        elif isinstance(value, (list, tuple)) and depth < 3:
            yield from _patterns(dict(enumerate(value)), depth + 1)
        elif isinstance(value, dict) and depth < 3:
            yield from _patterns(value, depth + 1)
        elif isinstance(value, type) and depth == 0:
            yield from _patterns(dict(vars(value)), depth + 1)


def _of_text(pattern: Any) -> Iterator[Any]:
    """A pattern of bytes, for the text that is written to them."""
    with contextlib.suppress(re.error, ValueError, OverflowError):
        yield re.compile(pattern.pattern.decode("latin-1"), pattern.flags & ~re.LOCALE)


def _looks_like_one(text: str) -> bool:
    return len(text) < 600 and bool(re.search(r"\\[dwsS]|\(\?|\[[^\]]+\][*+]|\]\{", text))


class _Writer:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._groups: Dict[int, str] = {}

    def write(self, tree: Any, depth: int = 0) -> str:
        return "".join(self._one(str(op), value, depth) for op, value in tree)

    def _one(self, op: str, value: Any, depth: int) -> str:
        rng = self._rng
        if op == "LITERAL":
            return chr(value)
        if op == "NOT_LITERAL":
            return rng.choice([c for c in _ANY if ord(c) != value])
        if op == "ANY":
            return rng.choice(_ANY)
        if op == "IN":
            return self._in(value)
        if op == "BRANCH":
            return self.write(rng.choice(value[1]), depth + 1)
        if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, tree = value
            times = rng.randint(least, min(most, least + (3 if depth < 4 else 1)))
            return "".join(self.write(tree, depth + 1) for _ in range(times))
        if op == "SUBPATTERN":
            text = self.write(value[-1], depth + 1)
            self._groups[value[0]] = text
            return text
        if op == "ATOMIC_GROUP":
            return self.write(value, depth + 1)
        if op == "GROUPREF":
            return self._groups.get(value, "")
        if op == "CATEGORY":
            return rng.choice(_CLASSES.get(str(value), _ANY))
        return ""  # anchors and looks around: whether it fits is seen afterwards

    def _in(self, items: Any) -> str:
        rng = self._rng
        if str(items[0][0]) == "NEGATE":
            barred = {chr(v) for op, v in items[1:] if str(op) == "LITERAL"}
            return rng.choice([c for c in _ANY if c not in barred] or ["~"])
        op, value = rng.choice(items)
        if str(op) == "RANGE":
            return chr(rng.randint(value[0], min(value[1], value[0] + 60)))
        return self._one(str(op), value, 0)
