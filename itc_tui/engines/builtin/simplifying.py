"""Puts plain texts in place of odd and long ones, as long as the code goes the same way for them.

A search leaves inputs behind that no person would write. What a reader is to understand should
hold nothing that does not matter.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice, zip_longest
from typing import NamedTuple

from itc_tui.engines.builtin.displays import with_smaller_displays
from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.inside.handing import fixed_part
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.reshaping import says_a_key_twice
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.one_line import parsed_line, with_part_replaced
from itc_tui.engines.builtin.spare_arguments import with_fewer_arguments
from itc_tui.engines.builtin.witnesses import Witness, witness_of
from itc_tui.ports import Steps

_ROUNDS = 3
_LONG = 12
_TEXTS_EACH = 2
_MOST_WORDS = 300
_LONGEST_KNOWN = 40
_LIKE = 0.5
_PLAIN = re.compile(r"\d{0,6}|[^\W\d_]\w*([ .-]\w+){0,5}")
_MOST_FORMS = 640
_NUMBERS_EACH = 2
_SPARES_EACH = 6
_ORDINARY = (3, 40)
"""What somebody counts or measures is of this size."""
_HUGE, _YEARS = 1000, range(1900, 2100)
_CHUNK = 12
_LIMIT_S = 20.0
"""Of each round; what is not tried by then stays as it is."""


def simplified(
    laboratory: Laboratory,
    witnesses: Sequence[Witness],
    words: Collection[str] = (),
    is_wanted: Callable[[Witness], bool] = lambda _witness: True,
) -> Steps[list[Witness]]:
    """Each that is wanted with the plainest and shortest texts that were found to do.

    `words`: texts of the target's own documents and sources, which mean something to a reader.
    """
    best = list(witnesses)
    known = dict.fromkeys(words)
    unsettled = [place for place, one in enumerate(best) if not one.is_given and is_wanted(one)]
    for _ in range(_ROUNDS):
        tries = [
            [_Try(place, form, is_spare) for form, is_spare in _forms_of(best[place], known)]
            for place in unsettled
        ]
        # One of each in turn: where time runs out, nobody goes away empty.
        in_turn = (one for turn in zip_longest(*tries) for one in turn if one is not None)
        tried = {str(number): one for number, one in enumerate(islice(in_turn, _MOST_FORMS))}
        before = list(best)
        # Without what ends it, a form may go on for ever.
        rows = yield from laboratory.observe(
            {ident: one.form for ident, one in tried.items()},
            seed=1,
            chunk=_CHUNK,
            limit_s=_LIMIT_S,
            is_patient=False,
        )
        for ident, row in rows.items():
            place, form, is_spare = tried[ident]
            found = witness_of(best[place].ident, form, best[place].focus, row)
            if found is None or not goes_the_same_way(found, witnesses[place]):
                continue
            if not is_spare or _ends_as(found, before[place]):
                best[place] = min(best[place], found, key=lambda one: _strangeness(one, known))
        unsettled = [place for place in unsettled if best[place] is not before[place]]
    return best


class _Try(NamedTuple):
    place: int
    """Whose form it is."""
    form: Program
    is_spare: bool
    """It lacks what may have been handed over for nothing."""


def _forms_of(witness: Witness, words: Collection[str]) -> Iterator[tuple[Program, bool]]:
    for form in islice(_without_spares(witness), _SPARES_EACH):
        yield form, True
    for form in simpler_forms(witness.program, words):
        yield form, False


def simpler_forms(program: Program, words: Collection[str] = ()) -> Iterator[Program]:
    """The program with one of its longest texts cut to its first word, or to half; or with a
    word of the target's own in place of one that looks like it, and means nothing; or with an
    ordinary number in place of an odd one; or without the items of a list or dict that mean
    nothing."""
    for at, step in enumerate(program.steps):
        if step.kind == "raw":
            continue
        texts = [text for text in _texts_in(step.code) if text.start >= fixed_part(step)]
        unknown = [text for text in texts if text.value and text.value not in words]
        # A word of the target's own first: a search cuts such words, and a reader wants them whole.
        changes = [
            *((text, one) for text in unknown[:_TEXTS_EACH] for one in _alike(text.value, words)),
            *((text, one) for text in texts[:_TEXTS_EACH] for one in _shorter(text.value)),
        ]
        for number in _numbers_in(step.code)[:_NUMBERS_EACH]:
            for count in _ORDINARY:
                steps = list(program.steps)
                steps[at] = step._replace(code=number.replaced_in(step.code, count))
                yield program._replace(steps=tuple(steps))
        for text, other in dict.fromkeys(changes):
            code = text.replaced_in(step.code, other)
            if other != text.value and not says_a_key_twice(code):
                steps = list(program.steps)
                steps[at] = step._replace(code=code)
                yield program._replace(steps=tuple(steps))
        for code in with_smaller_displays(step.code, lambda text: _is_odd(text, words)):
            yield program._replace(
                steps=(*program.steps[:at], step._replace(code=code), *program.steps[at + 1 :])
            )


def goes_the_same_way(form: Witness, whole: Witness) -> bool:
    """All lines and calls of the whole, the same refusals, and an end that tells as much."""
    return (
        form.lines >= whole.lines
        and form.edges >= whole.edges
        and [(at, error.name) for at, error in form.raised.items()]
        == [(at, error.name) for at, error in whole.raised.items()]
        and (form.is_telling or not whole.is_telling)
        and len(form.last_claims) >= len(whole.last_claims)
        and form.misfits <= whole.misfits
    )


def _without_spares(witness: Witness) -> Iterator[Program]:
    """What was handed over and changed nothing; what the case is about comes first.

    How a command is called at its door is not the case's to choose.
    """
    program = witness.program
    if label_in(witness.focus):
        return
    for at in range(len(program.steps) - 1, -1, -1):
        step = program.steps[at]
        for code in with_fewer_arguments(step.code) if step.kind != "raw" else ():
            steps = (*program.steps[:at], step._replace(code=code), *program.steps[at + 1 :])
            yield program._replace(steps=steps)


def _ends_as(form: Witness, whole: Witness) -> bool:
    """It shows the very same: an option that shows in what comes out is there for a reason."""
    return (
        [claim.text for claim in form.last_claims] == [claim.text for claim in whole.last_claims]
        and form.raised == whole.raised
        and (form.out, form.files) == (whole.out, whole.files)
    )


class _Text(NamedTuple):
    """A literal in a line of code, with its place in bytes."""

    start: int
    end: int
    value: str
    is_bytes: bool = False

    def replaced_in(self, code: str, other: str) -> str:
        written = repr(other.encode("utf-8")) if self.is_bytes else repr(other)
        return with_part_replaced(code, self.start, self.end, written)


class _Number(NamedTuple):
    """A number in a line of code that nobody would think of first."""

    start: int
    end: int

    def replaced_in(self, code: str, other: int) -> str:
        return with_part_replaced(code, self.start, self.end, repr(other))


def _numbers_in(code: str) -> list[_Number]:
    """Those that are handed over below zero, or far above what people count."""
    tree = parsed_line(code)
    found = []
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Call):
            for given in (*node.args, *(word.value for word in node.keywords)):
                if _is_odd_number(given):
                    found.append(_Number(given.col_offset, given.end_col_offset or 0))
    return found


def _is_odd_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant)
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, int | float) and value > _HUGE and value not in _YEARS


def _shorter(value: str) -> list[str]:
    return [_first_word(value), value[: len(value) // 2]] if len(value) > _LONG else []


def _alike(value: str, words: Collection[str]) -> list[str]:
    near = _nearest(value, tuple(words)[:_MOST_WORDS])
    return [*near, *([_first_word(value)] if _is_odd(value, words) else [])]


@lru_cache(maxsize=4096)
def _nearest(value: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Only those of about its length are compared: a comparison of texts is slow."""
    length = len(value)
    like = [word for word in words if length / 2 <= len(word) <= length * 2]
    return tuple(difflib.get_close_matches(value, like, n=1, cutoff=_LIKE))


def _strangeness(witness: Witness, words: Collection[str]) -> tuple[int, int, int]:
    """How much means nothing, how many texts the target does not know, and how long it is."""
    codes = [step.code for step in witness.program.steps if step.kind != "raw"]
    texts = [text.value for code in codes for text in _texts_in(code)]
    unknown = [text for text in texts if text not in words or len(text) > _LONGEST_KNOWN]
    odd = sum(_is_odd(text, words) for text in texts)
    return odd + sum(len(_numbers_in(code)) for code in codes), len(unknown), witness.size


def _is_odd(value: str, words: Collection[str]) -> bool:
    return value not in words and _PLAIN.fullmatch(value) is None


def _texts_in(code: str) -> list[_Text]:
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
            found.append(_Text(*place, node.value))
        elif isinstance(node.value, bytes) and node.value.isascii():
            found.append(_Text(*place, node.value.decode("ascii"), is_bytes=True))
    return sorted(found, key=lambda one: -len(one.value))


def _first_word(value: str) -> str:
    word = re.search(r"[^\W\d_]{2,10}", value)
    return word[0].lower() if word else value[:4]
