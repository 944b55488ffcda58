"""What documents show leads: a reader looks first for what the README shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from itc_tui.engines.builtin.witnesses import Line, Witness
from itc_tui.engines.builtin.writing.inputs import called_in

_README = re.compile(r"(?i)(?:.*/)?readme[^/]*")
_OURS = re.compile(r"\bv_\w+_\d+\b")
_PLACE = re.compile(r"(.*?)(?::(\d+)\b.*)?", re.S)


def leading(
    witnesses: Sequence[Witness],
    sites: frozenset[Line],
    most: int,
    brings_news: Callable[[Witness], bool],
    take: Callable[[Witness], None],
    telling: Collection[str] = (),
) -> Iterator[Witness]:
    """Examples that go from one module into another and end in something that can be seen.

    All of the README; of other documents what `brings_news`, after those before it were taken.
    `telling` are those of which their document says what comes of it: one of each callable.
    """
    called: set[str] = set()
    deeds: set[tuple[str, ...]] = set()
    shown = [one for one in witnesses if one.is_given and one.is_telling and _crosses(one, sites)]
    for witness in sorted(shown, key=_place):
        if len(deeds) >= most:
            return
        does = _deeds_of(witness)
        name = called_in(witness.program.steps[-1].code)
        is_first = is_in_readme(witness)
        is_first = is_first or (witness.ident in telling and bool(name) and name not in called)
        if any(does == more[: len(does)] for more in deeds):
            continue  # how a longer one begins
        if is_first or brings_news(witness):
            called.add(name)
            deeds.add(does)
            take(witness)
            yield witness


def is_in_readme(witness: Witness) -> bool:
    return _README.fullmatch(_document(witness)[0]) is not None


def _deeds_of(witness: Witness) -> tuple[str, ...]:
    """Whatever the files hold that it works with."""
    codes = (_OURS.sub("_", step.code) for step in witness.program.steps)
    return tuple(code for code in codes if ".write_text(" not in code)


def _crosses(witness: Witness, sites: frozenset[Line]) -> bool:
    return bool(witness.crossing) or witness.passes(sites)


def _document(witness: Witness) -> tuple[str, int]:
    found = _PLACE.fullmatch(witness.focus.removeprefix("given:"))
    return (found[1], int(found[2] or 0)) if found else ("", 0)


def _place(witness: Witness) -> tuple[int, int, str, int, int]:
    """The README before manuals, manuals before docstrings; from top to bottom, the whole first."""
    document, line = _document(witness)
    kind = 0 if is_in_readme(witness) else 2 if document.endswith(".py") else 1
    return kind, document.count("/"), document, line, -len(witness.program.steps)
