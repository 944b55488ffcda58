"""Documented examples that plainly give something else than their document shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from itc_tui.engines.builtin.evidence.snippets import Example
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.oracles.promised import Promise
from itc_tui.engines.builtin.oracles.shown_otherwise import differs
from itc_tui.engines.builtin.witnesses import Claim, Witness
from itc_tui.engines.builtin.writing.inputs import called_in

#: What may differ from one machine or day to the next.
_UNPLAIN = re.compile(r"0x[0-9a-f]|<|\bat \d|\d{4}-\d\d|\d:\d\d|[/\\~]|\d\.\d{6}|\bline \d")
_BY_CHANCE = re.compile(
    r"\b(now|today|utcnow|time|random|shuffle|uuid\w*|environ|getcwd|platform|version|locale|id"
    r"|hash|tempfile|gethostname|sample|choice|getenv|perf_counter|monotonic)\b"
)
_MOST_LETTERS = 200


@dataclass(frozen=True)
class BrokenExample:
    promise: Promise
    program: Program
    claim: Claim
    is_sure: bool = True
    """The document is one that is kept up with the code."""


class BrokenExamples:
    def __init__(self, examples: Sequence[Example]) -> None:
        self._by_origin: dict[str, list[Example]] = {}
        for example in examples:
            if example.wanted or example.remarks:
                self._by_origin.setdefault(example.origin, []).append(example)

    def of(self, witness: Witness) -> Iterator[BrokenExample]:
        """Plain values that are others than the document shows."""
        example = self._shown_by(witness)
        if (
            example is None
            or not example.is_self_contained
            or witness.program.steps != example.program.steps
        ):
            return
        if witness.surroundings.missing:
            return  # something that the document may take for granted is not set
        if any(_BY_CHANCE.search(step.code) for step in witness.program.steps):
            return
        told_of = {**_borne_out(example, witness), **example.wanted}
        for at, (step, row) in enumerate(zip(witness.program.steps, witness.claims)):
            told = told_of.get(step.var)
            claim = next((one for one in row if one.left == step.var and one.is_whole), None)
            if told is None or claim is None or step.kind != "do":
                continue
            right = _differs(told, claim, step)
            if right is None:
                continue
            promise = Promise(
                "doctest",
                _name(step.code, example.origin),
                told.splitlines()[0],
                example.origin,
                holds=False,
                focus=witness.focus,
                held=claim.right,
            )
            program = witness.program._replace(steps=witness.program.steps[: at + 1])
            source = source_of(example.origin)
            claimed = Claim(step.var, right, (), True, source)
            yield BrokenExample(promise, program, claimed, _is_kept_up(example.origin, told))
            return  # what follows may only follow from it

    def _shown_by(self, witness: Witness) -> Example | None:
        """The example whose steps are all that this witness does."""
        own = {(step.var, step.code) for step in witness.program.steps}
        for example in self._by_origin.get(witness.focus.removeprefix("given:"), ()):
            if own <= {(step.var, step.code) for step in example.program.steps}:
                return example
        return None


def _borne_out(example: Example, witness: Witness) -> Mapping[str, str]:
    """What comments say that the values are, where they are right about another one."""
    claims = {claim.left: claim.right for row in witness.claims for claim in row}
    told = {var: text for var, text in example.remarks.items() if var in claims}
    is_right = any(
        _plain(text) is not None and not differs(text, claims[v]) for v, text in told.items()
    )
    return told if is_right else {}


def _is_kept_up(origin: str, told: str) -> bool:
    """Docstrings and the README are; manuals may be years behind, and changelogs have to be."""
    document = origin.partition(":")[0]
    is_old = re.search(r"\bu['\"]", told) is not None  # as Python 2 wrote its text
    return not is_old and (document.endswith(".py") or document.lower().startswith("readme"))


def source_of(origin: str) -> str:
    return f"doctest {origin}" if origin.partition(":")[0].endswith(".py") else f"example {origin}"


def _name(code: str, origin: str) -> str:
    document = origin.partition(":")[0].rpartition("/")[2]
    return f"{called_in(code) or 'the example'} gives what {document} shows"


def _is_printed(step: Step) -> bool:
    return step.code.startswith("str(")


def _differs(told: str, claim: Claim, step: Step) -> str | None:
    """The shown value as Python, when it is plainly another than the seen one."""
    if len(told) > _MOST_LETTERS or _UNPLAIN.search(told) or _UNPLAIN.search(claim.right):
        return None
    seen, shown = _plain(claim.right), _plain(told)
    if _is_printed(step) and not isinstance(shown, str):
        shown = told  # `print(…)` and `str(…)` look alike by now: quotes tell them apart
    if seen is None or shown is None or type(seen) is not type(shown):
        return None
    if isinstance(seen, str) and _says_the_same(seen, str(shown)):
        return None
    return None if seen == shown else repr(shown)


def _says_the_same(seen: str, shown: str) -> bool:
    """White space aside; and of `name=tea&cups=3` nobody promised the order."""
    if seen.split() == shown.split():
        return True
    ours, theirs = (sorted(re.split(r"[&;,\s]+", text)) for text in (seen, shown))
    return ours == theirs and sum("=" in part for part in ours) > 1


def _plain(text: str) -> object:
    """A number, text, or a sequence of these; None for all else."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
    parts = value if isinstance(value, list | tuple) else [value]
    if all(isinstance(part, str | int | bytes) for part in parts):
        return cast(object, value)
    return None
