"""Examples that do not give here what their document says: they are no example of it any more.

Nobody is accused. What the document takes for granted may be missing; but a test must not say
that it shows what the document shows.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from itc_tui.engines.builtin.evidence.printed import is_among
from itc_tui.engines.builtin.evidence.snippets import Example
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.oracles.documented_output import tells
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.inputs import called_in

Kept = tuple[list[Witness], list[tuple[str, str]]]
"""Witnesses, and what was left out with the reason."""


class Examples:
    def __init__(self, examples: Iterable[Example]) -> None:
        self._by_origin: dict[str, list[Example]] = {}
        for example in examples:
            self._by_origin.setdefault(example.origin, []).append(example)

    def of(self, origin: str, program: Program) -> Example | None:
        """The one whose steps are all that the program does."""
        own = _steps_of(program)
        for example in self._by_origin.get(origin, ()):
            if own <= _steps_of(example.program):
                return example
        return None

    def telling(self, looked: Iterable[Witness]) -> set[str]:
        """Of those of which their document says what comes of it, the names."""
        found = {
            one.ident: self.of(one.focus.removeprefix("given:"), one.program)
            for one in looked
            if one.is_given
        }
        return {
            name
            for name, own in found.items()
            if own and (own.wanted or own.remarks or own.printed)
        }


def _steps_of(program: Program) -> set[tuple[str, str]]:
    return {(step.var, step.code) for step in program.steps if not step.setting}


def as_documents_show(looked: Sequence[Witness], examples: Examples) -> Kept:
    """What ends otherwise is about what it calls last, like any other call of that."""
    focuses = _by_last_name(looked)
    kept: list[Witness] = []
    left_out: list[tuple[str, str]] = []
    for witness in looked:
        origin = witness.focus.removeprefix("given:")
        example = examples.of(origin, witness.program) if witness.is_given else None
        if example is None or not _is_otherwise(witness, example):
            kept.append(witness)
            continue
        focus = _focus_of(witness, focuses)
        if focus:
            kept.append(witness.but(focus=focus))
        else:
            left_out.append((origin, "does not give here what its document says"))
    return kept, left_out


def _by_last_name(looked: Iterable[Witness]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for focus in sorted({one.focus for one in looked if not one.is_given}, key=len):
        found.setdefault(focus.rpartition(":")[2].rpartition(".")[2], []).append(focus)
    return found


def _focus_of(witness: Witness, focuses: Mapping[str, list[str]]) -> str:
    """What it calls last of what others look at, of a class that it speaks of if there is one."""
    words = {word for step in witness.program.steps for word in re.findall(r"\w+", step.code)}
    for step in reversed(witness.program.steps):
        known = focuses.get(called_in(step.code), [])
        spoken = [one for one in known if one.rpartition(":")[2].split(".")[0] in words]
        if known:
            return (spoken or known)[0]
    return ""


def _is_otherwise(witness: Witness, example: Example) -> bool:
    told = {**example.remarks, **example.wanted}
    meant = {step.var for step in example.program.steps if step.kind == "raises"}
    for at, step in enumerate(witness.program.steps):
        error, text = witness.raised.get(at), told.get(step.var, "")
        if error is not None:
            if step.var not in meant and not tells(text, error):
                return True
        elif any(one.left == step.var and differs(text, one.right) for one in witness.claims[at]):
            return True
    return False


def differs(told: str, seen: str) -> bool:
    """Both can be read, and they are not the same."""
    try:
        shown, value = ast.literal_eval(told), ast.literal_eval(seen)
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return False
    is_printed = isinstance(value, str) and value.strip() == told.strip()
    return bool(shown != value) and not is_printed


def remarked(examples: Examples, group: Sequence[Witness]) -> Mapping[str, tuple[str, str]]:
    """What its document says of the variables of an example, in comments or below, and where."""
    first = group[0]
    origin = first.focus.removeprefix("given:")
    example = examples.of(origin, first.program) if first.is_given else None
    if example is None:
        return {}
    told = {**dict(_printed_of(first, example)), **example.remarks}
    return {var: (text, origin) for var, text in told.items()}


def _printed_of(witness: Witness, example: Example) -> Iterator[tuple[str, str]]:
    """Texts that the document shows among what is printed."""
    for step, row in zip(witness.program.steps, witness.claims):
        own = next((one.right for one in row if one.left == step.var), "")
        if example.printed and step.code.startswith("str(") and own[:1] in ("'", '"'):
            text = str(ast.literal_eval(own))
            if is_among(text, example.printed):
                yield step.var, text
