"""Names that undo each other: dumps and loads, encode and decode, save and load."""

from __future__ import annotations

import re
from typing import Set, Tuple

_PAIRS: Tuple[Tuple[str, str], ...] = (
    (r"(.*)dump(s?)", r"\1load\2"),
    (r"(.*)dump(s?)(.*)", r"\1parse\3"),
    (r"(.*)encode(.*)", r"\1decode\2"),
    (r"(.*)pack(.*)", r"\1unpack\2"),
    (r"(.*)quote(.*)", r"\1unquote\2"),
    (r"(.*)escape(.*)", r"\1unescape\2"),
    (r"(.*)serialize(.*)", r"\1deserialize\2"),
    (r"(.*)compress(.*)", r"\1decompress\2"),
    (r"(.*)encrypt(.*)", r"\1decrypt\2"),
    (r"(.*)marshal(.*)", r"\1unmarshal\2"),
    (r"(.*)format(.*)", r"\1parse\2"),
    (r"(.*)render(.*)", r"\1parse\2"),
    (r"(.*)_isoformat", r"parse_\1"),
    (r"(.*)isoformat", r"\1fromisoformat"),
    (r"(.*)to_(\w+)", r"\1from_\2"),
    (r"as_(\w+)", r"from_\1"),
    (r"save(.*)", r"load\1"),
    (r"write(.*)", r"read\1"),
    (r"store(.*)", r"load\1"),
    (r"put(.*)", r"get\1"),
    (r"set(.*)", r"get\1"),
    (r"insert(.*)", r"get\1"),
    (r"add(.*)", r"get\1"),
    (r"export(.*)", r"import\1"),
    (r"((?:.*_)?)([^_]+)", r"\1un\2"),
)


def is_inverse(doing: str, undoing: str) -> bool:
    """Whether the second name says that it undoes the first."""
    return plain(undoing) in undoings(doing)


def undoings(doing: str) -> Set[str]:
    """Every name that would say that it undoes this one, in the form that `plain` gives names."""
    doing = plain(doing)
    matches = ((re.fullmatch(left, doing), right) for left, right in _PAIRS)
    return {found.expand(right) for found, right in matches if found} - {doing}


def plain(name: str) -> str:
    return name.strip("_").lower()
