"""Titles of cases that come in through a door: a command, a route, a task."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Sequence

from itc_tui.engines.builtin.inside.drivers.door import ANY_REQUEST, label_in
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.acts import acts_of
from itc_tui.engines.builtin.writing.naming import listed, slug
from itc_tui.engines.builtin.writing.phrases import words_of_message
from itc_tui.engines.builtin.writing.titles import LONGEST, shortened

_MOST_WORDS = 4


def title_at_door(witness: Witness, focuses: Sequence[str], taken: Collection[str] = ()) -> str:
    """What happens at the door, in words; empty where the case comes in another way.

    `taken`: what others are called already, as names of tests.
    """
    title, part = _title(witness, focuses), 1
    free = title
    while title and slug(free) in taken:
        part += 1
        end = f", part {part}"
        free = shortened(title, LONGEST - len(end)) + end
    return free


def _title(witness: Witness, focuses: Sequence[str]) -> str:
    labels = [label_in(focus) for focus in focuses]
    if not labels or not all(labels):
        return ""
    steps = witness.program.steps
    trips = [step.source for step in steps if step.source.startswith("round trip ")]
    if trips:
        return f"{trips[0].removeprefix('round trip ').replace(' → ', ' and then ')} agree"
    labels = list(dict.fromkeys(labels))
    if all(label.startswith("command ") for label in labels):
        return _of_commands(witness, labels)
    if all(label.startswith("task ") for label in labels):
        return _of_tasks(witness, labels)
    codes = listed(_values(witness, ".status_code"))
    said = listed(labels)
    if said.startswith(ANY_REQUEST):
        return f"{said.capitalize()} get {codes}" if codes else f"{said.capitalize()} are answered"
    return f"{said} {_verb(labels, 'answer')} {codes}".strip()


def strategy_at_door(focuses: Sequence[str], *, has_files: bool = True) -> str:
    """How the case goes about it, for its docstring; empty where it comes in another way."""
    labels = [label_in(focus) for focus in focuses if label_in(focus)]
    if not labels:
        return ""
    if all(label.startswith("command ") for label in labels):
        return "run the command for real" + ", with files in tmp_path" * has_files
    if all(label.startswith("task ") for label in labels):
        return "run the task at once and in this process"
    return "ask the application in its own process, with nothing replaced"


def _of_commands(witness: Witness, labels: Sequence[str]) -> str:
    label = labels[0]
    what = "Command" if len(labels) == 1 else "Commands"
    names = f"{what} {listed([label.removeprefix('command ') for label in labels])}"
    broken = [step.source for step in witness.program.steps if step.source]
    if broken:
        word = broken[0].removeprefix("declared: ").replace("_", " ")
        works = f"{_verb(labels, 'work')} and " if "0" in _codes(witness) else ""
        return f"{names} {works}{_verb(labels, 'refuse')} a wrong {word}"
    codes = [code for code in _codes(witness) if code not in ("0", "None")]
    if codes:
        why = words_of_message(_said(witness, "err").removeprefix(f"{label.split()[1]}: "))
        ended = f"{names} {_verb(labels, 'end')} with exit code {listed(codes)}"
        return f"{ended}: {why}" if why else ended
    if witness.files:
        files = [name.replace(".", " ") for name in witness.files]
        return f"{names} {_verb(labels, 'write')} {listed(files)}"
    printed = re.findall(r"\w+", _said(witness, "out"))[:_MOST_WORDS]
    if printed:
        return f"{names} {_verb(labels, 'print')} '{' '.join(printed)} …'"
    return f"{names} {_verb(labels, 'run')} to {'their' if len(labels) > 1 else 'its'} end"


def _said(witness: Witness, stream: str) -> str:
    """What the first command said on `out` or `err` that the case asserts."""
    wanted = (f".{stream}", ".output" if stream == "out" else ".stderr")
    for step in witness.claims:
        for claim in step:
            name = claim.left.partition(".replace(")[0]
            if name.endswith(wanted) and claim.right[:1] in "'\"":
                return str(ast.literal_eval(claim.right)).strip()
    return witness.out.strip() if stream == "out" else ""


def _of_tasks(witness: Witness, labels: Sequence[str]) -> str:
    """By the status of its result where its library gives one, else by what comes back."""
    names = listed([label.capitalize() for label in labels])
    ends = [end.strip("'").lower() for end in _values(witness, ".status")]
    if ends:
        return f"{names} ends in {listed(ends)}"
    outcome = next(acts_of(witness)).outcome
    return f"{names} {outcome or 'runs to its end'}"


def _codes(witness: Witness) -> list[str]:
    ends = [error.message for error in witness.raised.values() if error.name == "SystemExit"]
    given = [
        claim.right
        for step, claims in zip(witness.program.steps, witness.claims)
        for claim in claims
        if claim.left == step.var and claim.right.isdigit() and step.code.endswith(")")
    ]
    numbers = [code for code in ends if code.lstrip("-").isdigit()]
    return list(dict.fromkeys([*_values(witness, ".exit_code"), *numbers, *given]))


def _values(witness: Witness, ending: str) -> list[str]:
    found = [c.right for step in witness.claims for c in step if c.left.endswith(ending)]
    return list(dict.fromkeys(found))


def _verb(labels: Sequence[str], verb: str) -> str:
    if len(labels) > 1:
        return verb
    return verb + ("es" if verb.endswith("o") else "s")
