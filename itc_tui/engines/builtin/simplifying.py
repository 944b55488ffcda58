"""Puts plain texts in place of odd and long ones, as long as the code goes the same way for them.

A search leaves inputs behind that no person would write. What a reader is to understand should
hold nothing that does not matter.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import NamedTuple

from itc_tui.engines.builtin.displays import with_smaller_displays
from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.inside.handing import fixed_part
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.reshaping import says_a_key_twice
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.odd_items import with_plain_items
from itc_tui.engines.builtin.one_line import parsed_line, with_part_replaced
from itc_tui.engines.builtin.plainness import (
    PLAIN_NAMES,
    Text,
    alike,
    in_plain_words,
    is_made_up,
    is_odd,
    near_words,
    numbers_in,
    shorter,
    strangeness,
    texts_in,
)
from itc_tui.engines.builtin.spare_arguments import with_fewer_arguments
from itc_tui.engines.builtin.witnesses import Arc, Edge, Witness, names_of, used_imports, witness_of
from itc_tui.ports import Steps

_ROUNDS = 4
_TEXTS_EACH = 2
_MOST_FORMS = 800
_NUMBERS_EACH = 2
_SPARES_EACH = 6
_ORDINARY = (3, 40)
"""What somebody counts or measures is of this size."""
_WORD = "name"
_WORDLIKE = re.compile(r"[\w-]{1,12}")
_FEWEST_LEFT = 2
"""Witnesses that reach a line, before one of them may go another way."""
_CHUNK = 12
_LIMIT_S = 15.0
"""Of each round; what is not tried by then stays as it is."""


Reached = Arc | Edge


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
        # Those that nobody would write come first: time may run out.
        unsettled.sort(key=lambda place: strangeness(best[place].program, known)[0] == 0)
        tries = [
            [_Try(place, *form) for form in _forms_of(best[place], known)] for place in unsettled
        ]
        # One of each in turn: where time runs out, nobody goes away empty.
        in_turn = (one for turn in zip_longest(*tries) for one in turn if one is not None)
        tried = {str(number): one for number, one in enumerate(islice(in_turn, _MOST_FORMS))}
        before = list(best)
        reached = Counter(thing for one in best for thing in one.arcs | one.edges)
        # Without what ends it, a form may go on for ever.
        rows = yield from laboratory.observe(
            {ident: one.form for ident, one in tried.items()},
            seed=1,
            chunk=_CHUNK,
            limit_s=_LIMIT_S,
            is_patient=False,
        )
        for ident, row in rows.items():
            place, form, kind = tried[ident]
            old = best[place]
            found = witness_of(old.ident, form, old.focus, row)
            if found is None or not _will_do(found, before[place], old, kind, reached):
                continue
            best[place] = min(old, found, key=lambda one: strangeness(one.program, known))
            if best[place] is found:
                reached.subtract((old.arcs | old.edges) - (found.arcs | found.edges))
        unsettled = [place for place in unsettled if best[place] is not before[place]]
    return best


class _Try(NamedTuple):
    place: int
    """Whose form it is."""
    form: Program
    kind: str


_PLAIN, _SPARE, _KNOWN = "plain", "spare", "known"
"""What is told apart: it reads more plainly; it lacks what may have been handed over for nothing;
it has a word of the target's own where there was one that only looks like it."""


def _forms_of(witness: Witness, words: Collection[str]) -> Iterator[tuple[Program, str]]:
    for form in islice(_without_spares(witness), _SPARES_EACH):
        yield form, _SPARE
    for form in _with_known_words(witness.program, words):
        yield form, _KNOWN
    for form in _without_words_of_objects(witness.program):
        yield form, _PLAIN
    for form in _with_plain_items(witness.program):
        yield form, _PLAIN
    for form in simpler_forms(witness.program, words):
        yield form, _PLAIN


def _will_do(
    found: Witness, whole: Witness, so_far: Witness, kind: str, reached: Mapping[Reached, int]
) -> bool:
    if kind == _KNOWN:
        # One that only looks like a word is there to show what comes of it; of several, one is.
        lost = (so_far.arcs | so_far.edges) - (found.arcs | found.edges)
        is_missed = any(reached[thing] < _FEWEST_LEFT for thing in lost)
        return not is_missed and bool(found.edges or not whole.edges) and _tells(found, whole)
    return goes_the_same_way(found, whole) and (kind != _SPARE or _ends_as(found, whole))


def _with_known_words(program: Program, words: Collection[str]) -> Iterator[Program]:
    for at, step in enumerate(program.steps):
        texts = texts_in(step.code) if step.kind != "raw" else []
        for text in (one for one in texts if one.value and one.value not in words):
            if text.start >= fixed_part(step) and _WORDLIKE.fullmatch(text.value):
                for other in near_words(text.value, words):
                    code = text.replaced_in(step.code, other)
                    if not says_a_key_twice(code):
                        yield _with_code(program, at, code)


def simpler_forms(program: Program, words: Collection[str] = ()) -> Iterator[Program]:
    """The program with one of its longest texts cut to its first word, or to half; or with a
    word of the target's own in place of one that looks like it, and means nothing; or with an
    ordinary number in place of an odd one; or without the items of a list or dict that mean
    nothing."""
    for at, step in enumerate(program.steps):
        if step.kind == "raw":
            continue
        texts = [text for text in texts_in(step.code) if text.start >= fixed_part(step)]
        unknown = [t for t in texts if t.value and (t.value not in words or is_odd(t.value, words))]
        # A word of the target's own first: a search cuts such words, and a reader wants them whole.
        changes = [
            *((text, one) for text in unknown[:_TEXTS_EACH] for one in alike(text.value, words)),
            *((text, one) for text in texts[:_TEXTS_EACH] for one in shorter(text.value)),
            *((t, one) for t in texts[:_TEXTS_EACH] for one in in_plain_words(t.value, words)),
            *((t, _placeholder(step, texts)) for t in unknown[:_TEXTS_EACH] if is_made_up(t.value)),
        ]
        for text in (text for text in texts[:_TEXTS_EACH] if text.is_bytes):
            yield _with_code(program, at, text.as_text_in(step.code))
        for number in numbers_in(step.code)[:_NUMBERS_EACH]:
            for count in _ORDINARY:
                yield _with_code(program, at, number.replaced_in(step.code, count))
        for text, other in dict.fromkeys(changes):
            code = text.replaced_in(step.code, other)
            if other != text.value and not says_a_key_twice(code):
                yield _with_code(program, at, code)
        for code in with_smaller_displays(step.code, lambda text: is_odd(text, words)):
            yield _with_code(program, at, code)


def _placeholder(step: Step, texts: Sequence[Text]) -> str:
    """Where it is refused, everybody sees why."""
    taken = {text.value for text in texts}
    names = ("unknown", *PLAIN_NAMES) if step.kind == "raises" else PLAIN_NAMES
    return next((name for name in names if name not in taken), names[0])


def _with_code(program: Program, at: int, code: str) -> Program:
    step = program.steps[at]._replace(code=code)
    return program._replace(steps=(*program.steps[:at], step, *program.steps[at + 1 :]))


def goes_the_same_way(form: Witness, whole: Witness) -> bool:
    """All lines and calls of the whole, the same refusals, and an end that tells as much.

    Where something was left away that only set the stage, those of the act itself.
    """
    is_shorter = len(form.program.steps) < len(whole.program.steps)
    if is_shorter and None not in (form.act_lines, whole.act_lines):
        if not (form.crossing >= whole.crossing and form.act_lines >= whole.act_lines):  # type: ignore[operator]
            return False
    elif not (form.lines >= whole.lines and form.edges >= whole.edges):
        return False
    return _tells(form, whole)


def _tells(form: Witness, whole: Witness) -> bool:
    """The same refusals, and an end that tells as much."""
    return (
        [error.name for error in form.raised.values()]
        == [error.name for error in whole.raised.values()]
        and (form.is_telling or not whole.is_telling)
        and len(form.last_claims) >= len(whole.last_claims)
        and form.misfits <= whole.misfits
    )


def _without_spares(witness: Witness) -> Iterator[Program]:
    """What was handed over and changed nothing, and what was done before and changed nothing;
    what the case is about comes first.

    How a command is called at its door is not the case's to choose.
    """
    program = witness.program
    if label_in(witness.focus):
        return
    for at in range(len(program.steps) - 2, -1, -1):
        if program.steps[at].kind == "do" and not _is_spoken_of(program, at):
            rest = (*program.steps[:at], *program.steps[at + 1 :])
            yield _without_idle(program._replace(steps=rest), program)
    for at in range(len(program.steps) - 1, -1, -1):
        step = program.steps[at]
        for code in with_fewer_arguments(step.code) if step.kind != "raw" else ():
            yield _without_idle(_with_code(program, at, code), program)


def _without_words_of_objects(program: Program) -> Iterator[Program]:
    """A plain word where the words of some object were handed over: `ask(repr(order))`."""
    for at, step in enumerate(program.steps):
        if step.kind != "raw" and step.var and step.code.startswith(("repr(", "str(")):
            for later in range(at + 1, len(program.steps)):
                code = _with_word(program.steps[later].code, step.var)
                if program.steps[later].kind != "raw" and code:
                    yield _without_idle(_with_code(program, later, code), program)


def _with_plain_items(program: Program) -> Iterator[Program]:
    for at, step in enumerate(program.steps):
        for code in with_plain_items(step.code) if step.kind != "raw" else ():
            yield _without_idle(_with_code(program, at, code), program)


def _with_word(code: str, name: str) -> str:
    """A call that is handed what has this name with a plain word in its place; else nothing."""
    tree = parsed_line(code)
    for node in ast.walk(tree) if tree else ():
        for given in node.args if isinstance(node, ast.Call) else ():
            if isinstance(given, ast.Name) and given.id == name:
                return with_part_replaced(
                    code, given.col_offset, given.end_col_offset or 0, repr(_WORD)
                )
    return ""


def _without_idle(form: Program, whole: Program) -> Program:
    """Without what was made for a step or an argument that is not there any more."""
    wanted = {step.var for at, step in enumerate(whole.steps) if _is_spoken_of(whole, at)}
    for at in range(len(form.steps) - 2, -1, -1):
        step = form.steps[at]
        if step.kind == "do" and step.var in wanted and not _is_spoken_of(form, at):
            form = form._replace(steps=(*form.steps[:at], *form.steps[at + 1 :]))
    if len(form.steps) == len(whole.steps):
        return form
    texts = [step.code for step in form.steps]
    return form._replace(imports=used_imports(form.imports, texts))


def _is_spoken_of(program: Program, at: int) -> bool:
    var = program.steps[at].var
    return bool(var) and any(var in names_of(step.code) for step in program.steps[at + 1 :])


def _ends_as(form: Witness, whole: Witness) -> bool:
    """It shows the very same: an option that shows in what comes out is there for a reason."""
    return (
        [claim.text for claim in form.last_claims] == [claim.text for claim in whole.last_claims]
        and list(form.raised.values()) == list(whole.raised.values())
        and (form.out, form.files) == (whole.out, whole.files)
    )
