"""Takes out of cases what a reader of the same file has been told before."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from itc_tui.engines.builtin.claims import is_used_later, speaks_of
from itc_tui.engines.builtin.inside.given import GIVEN
from itc_tui.engines.builtin.witnesses import Claim, Witness, names_of

_Told = tuple[tuple[str, ...], str]
"""What was done so far to what a claim speaks of, and the claim; by places, not by names."""


@dataclass
class ToldBefore:
    """What the cases of one file say, as they come."""

    _said: set[_Told] = field(default_factory=set)

    def told(self, witness: Witness) -> Witness:
        """The case without what one before it says of the same stage, if more is left than that.

        What somebody promises is said wherever it holds.
        """
        keys = [
            [_told(witness, at, claim) for claim in step] for at, step in enumerate(witness.claims)
        ]
        fresh = tuple(
            tuple(claim for claim, key in zip(step, own) if self._is_news(witness, at, claim, key))
            for at, (step, own) in enumerate(zip(witness.claims, keys))
        )
        self._said.update(key for own in keys for key in own)
        shows_more = any(not claim.is_weak for step in fresh for claim in step)
        if shows_more or witness.raised or witness.files or witness.out.strip():
            return _without_idle_steps(witness, witness.but(claims=fresh))
        return witness

    def _is_news(self, witness: Witness, at: int, claim: Claim, key: _Told) -> bool:
        if claim.source or claim.is_weak or key not in self._said:
            return True
        step = witness.program.steps[at]
        # A call that nothing else comes of would stand there for no reason.
        sets_the_stage = is_used_later(witness, at) or len(witness.claims[at]) > 1
        return not (sets_the_stage or claim.left != step.var or _only_looks(step.code))


def _without_idle_steps(before: Witness, after: Witness) -> Witness:
    """Without the looks at what is not asserted any more."""
    for at in range(len(after.program.steps) - 1, -1, -1):
        step = after.program.steps[at]
        was_told = bool(before.claims[at]) and not after.claims[at]
        if was_told and _only_looks(step.code) and not is_used_later(after, at):
            after = _without_step(after, at)
    return after


def _only_looks(code: str) -> bool:
    """No call but those of Python's own that change nothing."""
    try:
        tree = ast.parse(code.strip(), mode="eval")
    except (SyntaxError, ValueError):
        return False
    calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return all(name in _LOOKING for name in calls)


_LOOKING = frozenset({"repr", "str", "len", "bool", "type", "isinstance", "sorted", "hash", "int"})


def without_idle_looks(witness: Witness) -> Witness:
    """Without the steps that only look at something and say nothing of what they see.

    A thing that is compared with itself is like that.
    """
    for at in range(len(witness.program.steps) - 1, -1, -1):
        step = witness.program.steps[at]
        is_idle = step.kind == "do" and not (witness.claims[at] or step.source)
        if is_idle and _is_look(step.code) and not is_used_later(witness, at):
            witness = _without_step(witness, at)
    return witness


def _is_look(code: str) -> bool:
    """A comparison, or what an object has; a bare value sets the stage and stays."""
    try:
        node = ast.parse(code.strip(), mode="eval").body
    except SyntaxError:
        return False
    return isinstance(node, ast.Compare | ast.Attribute | ast.Subscript) and _only_looks(code)


def without_echoes(witness: Witness) -> Witness:
    """Without the steps that only ask again what was asserted right before."""
    for at in range(len(witness.program.steps) - 1, 0, -1):
        if _is_echo(witness, at):
            witness = _without_step(witness, at)
    return witness


def _is_echo(witness: Witness, at: int) -> bool:
    step, before = witness.program.steps[at], witness.program.steps[at - 1]
    claims = witness.claims[at]
    own = len(claims) == 1 and claims[0].left == step.var and not claims[0].source
    if not own or step.kind != "do" or step.source or is_used_later(witness, at):
        return False
    asserted = {(claim.left, claim.right) for claim in witness.claims[at - 1]}
    if before.kind == "do" and before.var:
        asserted |= {
            (before.code, claim.right)
            for claim in witness.claims[at - 1]
            if speaks_of(claim, before.var) and claim.left == before.var
        }
    return (step.code, claims[0].right) in asserted


def _without_step(witness: Witness, at: int) -> Witness:
    steps = witness.program.steps
    return witness.but(
        program=witness.program._replace(steps=(*steps[:at], *steps[at + 1 :])),
        claims=(*witness.claims[:at], *witness.claims[at + 1 :]),
        kinds=(*witness.kinds[:at], *witness.kinds[at + 1 :]),
        raised={place - (place > at): error for place, error in witness.raised.items()},
    )


def _told(witness: Witness, at: int, claim: Claim) -> _Told:
    steps = witness.program.steps
    every = {step.var for step in steps if step.var and step.kind not in GIVEN}
    every |= {name for step in steps if step.kind == "raw" for name in names_of(step.code)}
    wanted = (names_of(claim.left) | {steps[at].var}) & every
    stage = []
    for step in reversed(steps[: at + 1]):
        used = (names_of(step.code) | {step.var}) & every
        if used & wanted or step is steps[at]:
            wanted |= used
            stage.append(step)
    places: dict[str, str] = {}
    done = tuple(_placed(step.text, places, every) for step in reversed(stage))
    return done, _placed(claim.text, places, every)


def _placed(text: str, places: dict[str, str], names: Collection[str]) -> str:
    """Names that a program gives, by the order in which they turn up."""

    def of(match: re.Match[str]) -> str:
        name = match[0]
        return places.setdefault(name, f"_{len(places)}") if name in names else name

    return re.sub(r"\b[^\W\d]\w*\b", of, text)
