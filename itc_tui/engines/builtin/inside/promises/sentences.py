"""The sentences of a docstring that speak of the value that its function gives."""

from __future__ import annotations

import re
from typing import Iterator, List

_FIELD = re.compile(r"(?ms)^[ \t]*:returns?:\s*(.+?)(?=^[ \t]*:\w[^:\n]*:(?!`)|^[ \t]*$|\Z)")
_SECTION = re.compile(
    r"(?ms)^([ \t]*)Returns?:?[ \t]*\n(?:[ \t]*-{3,}[ \t]*\n)?((?:\1[ \t]*\S[^\n]*(?:\n|\Z))+)"
)
_ON_ONE_LINE = re.compile(r"(?m)^[ \t]*Returns?:[ \t]+(\S.*)$")
_TYPED = re.compile(
    r"\A[ \t]*(?:\w+[ \t]*:[ \t]*)?([A-Za-z_][\w.\[\], |]*?)(?:[ \t]*:[ \t]+|\n\s+)(?=\S)"
)
_OF_THE_RESULT = re.compile(
    r"(?i)(?:(?:the|its|this)\s+)?(?:(?:return(?:ed)?\s+)?(?:result|value)|value returned|output)"
    r"(?:\s+of the (?:function|method|call))?\s+(?:is|will be|lies|ranges|are)\b"
)
_GIVES = re.compile(
    r"(?i)(?:(?:always|never|this (?:function|method)|it|and|will|the function|the method)\s+)*"
    r"(?:gets?|returns?|gives?|computes?|calculates?)\b"
)
_ROLE = re.compile(r":[\w:]+:`~?([^`<]+?)(?:\s*<[^>]*>)?`")
_MARKS = re.compile(r"[`*]")
_END = re.compile(r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bcf\.)(?<=[.!?])\s+(?=[A-Z`:*(\[])|\n\s*\n")


def of_the_result(docstring: str) -> List[str]:
    """Each once, without markup, in the order in which the docstring has them.

    A claim of a `Returns` section is given as it stands, without the type in front of it.
    """
    text = docstring.partition(">>>")[0]
    found = list(_fields(text))
    for place, sentence in enumerate(_END.split(_without_fields(text))):
        plain = plain_words(sentence)
        says = _GIVES.match(plain) if place == 0 else None
        if says or _is_about_result(plain):
            found.append(plain)
    return list(dict.fromkeys(one for one in found if one))


def plain_words(text: str) -> str:
    return " ".join(_MARKS.sub("", _ROLE.sub(r"\1", text)).split())


def _is_about_result(sentence: str) -> bool:
    return bool(
        _OF_THE_RESULT.match(sentence) or re.match(r"(?i)(?:always |never )?returns\b", sentence)
    )


def _fields(text: str) -> Iterator[str]:
    for body in _FIELD.findall(text):
        yield plain_words(body)
    for match in _SECTION.finditer(text):
        told = _TYPED.match(match[2])
        yield plain_words(match[2][told.end() :] if told else match[2])
    for body in _ON_ONE_LINE.findall(text):
        yield plain_words(body)


def _without_fields(text: str) -> str:
    """Up to where a list of parameters, or any other section, begins."""
    return re.split(
        r"(?m)^[ \t]*(?::\w+[^:\n]*:|@\w+|[A-Z][a-z]+:[ \t]*$|[A-Z]\w+[ \t]*\n[ \t]*-{3,})", text
    )[0]
