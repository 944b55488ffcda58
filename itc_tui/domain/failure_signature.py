"""When two failures are the same: what is left of one after all that varies by chance is folded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from itc_tui.domain.words import Outcome

_LONGEST = 300

#: Applied in this order; each folds one kind of accident.
_FOLDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]"), ""),
    (re.compile(r"(?:\b[a-z][a-z0-9+.-]*)://[^\s'\"<>)]+", re.I), "<url>"),
    (re.compile(r"\b0x[0-9a-f]+\b", re.I), "<address>"),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.I), "<id>"),
    (re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b", re.I), "<id>"),
    (
        re.compile(r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"),
        "<time>",
    ),
    (re.compile(r"\b[bBrRuU]?'(?:[^'\\\n]|\\.)*'"), "<text>"),
    (re.compile(r"(?<!\w)'(?:[^'\\\n]|\\.)*'"), "<text>"),
    (re.compile(r"(?<!\w)[bBrRuU]?\"(?:[^\"\\\n]|\\.)*\""), "<text>"),
    (re.compile(r"(?:[A-Za-z]:)?(?:[\\/][\w.@+~-]+){2,}"), "<path>"),
    (re.compile(r"(?<![\w<])[-+]?\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?(?!\w)", re.I), "<n>"),
    (re.compile(r"(?<=[A-Za-z_])\d+(?!\w)"), "<n>"),
    (re.compile(r"\s+"), " "),
)

_FRAME = re.compile(
    r"^\s*(?:File \"(?P<file>[^\"]+)\", line \d+, in (?P<function>\S+)"
    r"|(?P<short>[^\s:][^:\n]*\.py):\d+:(?: in (?P<in>\S+))?)",
    re.M,
)
#: Frames of others: where these raise says less than where they were called from.
_FOREIGN = re.compile(
    r"site-packages|dist-packages|[\\/]lib[\\/]python\d|_pytest|[\\/]pluggy|<frozen|<string>"
)
_TYPE = re.compile(r"^(?P<type>[A-Za-z_][\w.]*)(?::\s*|\s*$)")
_WEIGHTS = {"kind": 0.45, "message": 0.35, "frame": 0.2}
_SEPARATOR = " | "


def signature_of(outcome: Outcome | str, stage: str, message: str, traceback: str) -> str:
    """`outcome:stage | ExceptionType | folded message | last own frame`: same cause, same text."""
    kind, said = _split(message)
    where = _last_own_frame(traceback)
    return _SEPARATOR.join(
        part.replace("|", "¦")
        for part in (f"{outcome!s}:{stage}", kind, _folded(said)[:_LONGEST], where)
    )


def similarity(signatures: Sequence[str]) -> float:
    """How alike these failures are: the mean over all pairs, 0 to 1; 0 where there is no pair."""
    pairs = list(combinations(signatures, 2))
    if not pairs:
        return 0.0
    return round(sum(_likeness(left, right) for left, right in pairs) / len(pairs), 3)


def _split(message: str) -> tuple[str, str]:
    """The exception's type, and what it said."""
    text = message.strip()
    first = text.split("\n", 1)[0]
    if first.startswith("assert ") or first == "assert":
        return "AssertionError", text
    found = _TYPE.match(first)
    if not found:
        return "", text
    return found["type"].rsplit(".", 1)[-1], text[found.end() :]


def _folded(text: str) -> str:
    for pattern, stand_in in _FOLDS:
        text = pattern.sub(stand_in, text)
    return text.strip()


def _last_own_frame(traceback: str) -> str:
    """`file.py:function` of the innermost frame that is neither a library's nor pytest's."""
    where = ""
    for found in _FRAME.finditer(traceback):
        file = found["file"] or found["short"]
        if not _FOREIGN.search(file):
            function = found["function"] or found["in"] or ""
            where = re.split(r"[\\/]", file)[-1] + (f":{function}" if function else "")
    return where


def _likeness(left: str, right: str) -> float:
    if left == right:
        return 1.0
    (ending, kind, said, where), (other_ending, other_kind, other_said, other_where) = (
        _parts(left),
        _parts(right),
    )
    same_kind = (kind == other_kind and kind != "") + (ending == other_ending)
    return (
        _WEIGHTS["kind"] * same_kind / 2
        + _WEIGHTS["message"] * _overlap(said, other_said)
        + _WEIGHTS["frame"] * (where == other_where and where != "")
    )


def _parts(signature: str) -> tuple[str, str, str, str]:
    parts = [*signature.split(_SEPARATOR, 3), "", "", "", ""]
    return parts[0], parts[1], parts[2], parts[3]


def _overlap(left: str, right: str) -> float:
    """Words in common, of all words of both."""
    words, other_words = set(left.lower().split()), set(right.lower().split())
    if not words | other_words:
        return 1.0
    return len(words & other_words) / len(words | other_words)
