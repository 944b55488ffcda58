"""What a docstring promises in words of the value that its function gives, as far as that is plain.

A promise that was misread is worse than none, so only whole claims count, of a form that says one
thing: nothing with a condition, an alternative or a hedge.
"""

from __future__ import annotations

import re
from typing import Any, Dict, Iterator, List, NamedTuple, Optional

from itc_tui.engines.builtin.inside.promises.sentences import of_the_result

RANGE, SIGN, ORDER, LENGTH, NOTHING = "range", "sign", "order", "length", "nothing"
_SLACK = 1e-9


class Said(NamedTuple):
    kind: str
    text: str
    """The sentence."""
    low: Optional[float] = None
    high: Optional[float] = None
    length: int = 0

    def is_kept_by(self, value: Any) -> Optional[bool]:
        """None where the promise is not about such a value."""
        if self.kind in (RANGE, SIGN):
            if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
                return None
            is_low = self.low is not None and value < self.low - _SLACK
            return not (is_low or (self.high is not None and value > self.high + _SLACK))
        if self.kind == LENGTH:
            return len(value) == self.length if type(value) in (tuple, list) else None
        if self.kind == ORDER:
            return _is_sorted(value)
        return None

    def claim(self, name: str) -> str:
        """As an expression that is true where it is kept."""
        if self.kind == ORDER:
            return "%s == sorted(%s)" % (name, name)
        if self.kind == LENGTH:
            return "len(%s) == %d" % (name, self.length)
        left = "%s <= " % _number(self.low) if self.low is not None else ""
        right = " <= %s" % _number(self.high) if self.high is not None else ""
        return left + name + right if left and right else _one_sided(name, self.low, self.high)

    @property
    def in_words(self) -> str:
        """Behind the name of the function."""
        if self.kind == RANGE and self.low is not None and self.high is not None:
            return "stays from %s to %s" % (_number(self.low), _number(self.high))
        if self.kind == SIGN:
            return "is never negative"
        return "gives a sorted list" if self.kind == ORDER else "gives %d items" % self.length


_NUMBER = r"(-?\d+(?:\.\d+)?)"
_SCALAR = (
    r"(?:number|value|float|int|integer|score|similarity|distance|ratio|probability|fraction"
    r"|coefficient|measure|metric|percentage|confidence|weight|rating|rate|degree|level|quality"
    r"|share|proportion|accuracy|relevance|strength|correlation|likelihood)"
)
_RANGE = re.compile(
    r"(?i)^(?P<before>.*?\b%s|(?:the |its )?(?:returned |return )?(?:result|output|value)"
    r"(?: is| will be| lies| ranges)?(?: always)?(?: full-scale)?)"
    r"(?:,? (?:that is|which is|lying|ranging|normali[sz]ed|scaled|always))?,? [(]?"
    r"(?:from|between|in(?: the)?(?: closed| inclusive)? (?:range|interval)(?: of| from| between)?"
    r"|in(?= ?[\[(])|within) ?[\[(]?%s ?(?:to|and|through|,|\.\.\.?|–|-) ?%s[\])]?"
    r"(?P<after>.*)$" % (_SCALAR, _NUMBER, _NUMBER)
)
_AFTER_RANGE = re.compile(
    r"(?i)^(?:[.)]?$|,? ?\(?(?:both )?(?:inclusive|exclusive|included)\b|[.,;:] |\) "
    r"| (?:indicating|representing|where|which|that|describing|expressing|showing|reflecting)\b)"
)
_SIGN = re.compile(
    r"(?i)^(?:the |its )?(?:returned |return )?(?:result|value|output|%s)(?: of the \w+)? is "
    r"(?:always (?:non-?negative|positive|at least (?:0|zero))|never negative)\b(?P<after>.*)$"
    r"|^(?:gets?|returns?|computes?|calculates?) an? (?:non-?negative|positive) "
    r"(?:int|integer|float|number|value)\b(?P<rest>.*)$" % _SCALAR
)
_SORTED = re.compile(r"(?i)^(?:always )?returns? (?:an? |the )?(?:new )?sorted list(?P<after>.*)$")
_COUNTS = {"two": 2, "three": 3, "four": 4}
_LENGTH = re.compile(
    r"(?i)^(?:always )?(?:returns? )?an? (?:(?P<short>[2-5])-tuple"
    r"|tuple (?:of|with) (?P<count>[2-5]|two|three|four) (?:elements|items|values))\b(?P<after>.*)$"
)
_NONE = re.compile(
    r"(?i)(?:^|[,;(] ?(?:or |and |else )?|\b(?:or|else) )"
    r"none(?: (?:if|when|where|otherwise)\b|\.?$)"
    r"|\breturns? none (?:if|when|for)\b|\bnone is returned\b"
)
_OF_A_PART = re.compile(r"(?i)\b(?:tuples?|keys?|fields?|elements|items|entries|attributes) ")
"""It may be a part of the value that is None."""
_HEDGED = re.compile(
    r"(?i)\b(?:or|if|when|unless|except|usually|typically|normally|otherwise|else|random\w*|may"
    r"|might|can|could|should|depending|depends|approximately|roughly|about|list|lists|tuples?"
    r"|dict|dictionary|sequence|iterable|iterator|generator|array|pairs?|each|per|maps?|mapping"
    r"|none|indices|index|values|numbers|floats|integers|ints|expected|ideally|by default)\b"
)
_ORDERED_OTHERWISE = re.compile(
    r"(?i)\b(?:by|descending|reversed?|according|from|greatest|largest|latest|newest|key|order"
    r"|if|unless|when|or|otherwise|none|may|topological\w*)\b"
)
_CONDITION = re.compile(r"(?i)\b(?:if|unless|except|otherwise|depending|or)\b")


def said_in(docstring: str) -> List[Said]:
    """Each kind at most once; two of a kind that differ are none."""
    found = [said for sentence in of_the_result(docstring) for said in _said(sentence, docstring)]
    kept: Dict[str, Said] = {}
    for said in found:
        other = kept.get(said.kind)
        if other is None or (other.low, other.high, other.length) == said[2:5]:
            kept.setdefault(said.kind, said)
        else:
            kept[said.kind] = other._replace(text="")
    return [said for said in kept.values() if said.text]


def _said(sentence: str, docstring: str) -> Iterator[Said]:
    told = _RANGE.match(sentence)
    if told and _is_whole(told["before"], told["after"]):
        low, high = float(told[2]), float(told[3])
        if low < high:
            yield Said(RANGE, sentence, low, high)
    told = _SIGN.match(sentence)
    if told and not _CONDITION.search(told["after"] or told["rest"] or ""):
        yield Said(SIGN, sentence, 0.0)
    told = _SORTED.match(sentence)
    if told and not _ORDERED_OTHERWISE.search(told["after"]):
        yield Said(ORDER, sentence)
    told = _LENGTH.match(sentence)
    if told and not _CONDITION.search(told["after"]) and not re.search(r"\bNone\b", docstring):
        yield Said(LENGTH, sentence, length=_count(told["short"] or told["count"]))
    if _NONE.search(sentence) and not _OF_A_PART.search(sentence):
        yield Said(NOTHING, sentence)


def _is_whole(before: str, after: str) -> bool:
    return (
        not _HEDGED.search(before)
        and _AFTER_RANGE.match(after) is not None
        and not _CONDITION.search(after)
    )


def _count(word: str) -> int:
    return _COUNTS.get(word.lower()) or int(word)


def _is_sorted(value: Any) -> Optional[bool]:
    if type(value) is not list:
        return None
    try:
        return value == sorted(value)
    except Exception:
        return None


def _number(value: Optional[float]) -> str:
    return "" if value is None else repr(int(value) if value == int(value) else value)


def _one_sided(name: str, low: Optional[float], high: Optional[float]) -> str:
    if low is not None:
        return "%s >= %s" % (name, _number(low))
    return "%s <= %s" % (name, _number(high))
