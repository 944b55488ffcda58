"""Runs a program and says whether a claim about its values holds, or what it raised."""

from __future__ import annotations

from typing import Any, List, Optional, Tuple

from itc_tui.engines.builtin.inside.programs import Outcome, Program
from itc_tui.engines.builtin.inside.promises.losses import first_difference
from itc_tui.engines.builtin.inside.promises.verdicts import Stated
from itc_tui.engines.builtin.inside.trials import Trials


def holds(program: Program, claim: Stated, trials: Trials) -> Tuple[Optional[bool], str]:
    """With the name of the field that differs; None when the program does not run to its end."""
    answers: List[Tuple[bool, str]] = []

    def look(_home: str, outcome: Outcome) -> None:
        if outcome.failure is None:
            answers.append(_answer(claim, outcome.space))

    trial = trials.run(program, None, look)
    if trial.trouble or not answers:
        return None, ""
    return answers[0]


def caught(program: Program, trials: Trials) -> Optional[BaseException]:
    """What the last step raised."""
    trial = trials.run(program)
    last = trial.outcome.values[-1] if trial.outcome.values else None
    if trial.trouble or len(trial.outcome.values) != len(program.steps):
        return None
    return getattr(last, "error", None)


def _answer(claim: Stated, space: Any) -> Tuple[bool, str]:
    for line in claim.imports:
        exec(line, space)
    left = eval(claim.left, space)
    if not claim.right:
        return bool(left), ""
    right = eval(claim.right, space)
    is_same = bool(left == right)
    return is_same, "" if is_same else first_difference(right, left)
