"""A clock is stopped, and random numbers are seeded; then the value is observed."""

from __future__ import annotations

import ast

from itc_tui.domain.words import Verdict
from itc_tui.engines.builtin.repairs.damage import (
    Damage,
    Mended,
    first_line,
    inserted,
    with_import,
    with_parameter,
)
from itc_tui.engines.builtin.repairs.expectations import mend_value

_A_MOMENT = "1_700_000_000.0"


def seed_random(damage: Damage) -> Mended | None:
    function = damage.function
    if function is None or not _depends_on(damage, "random numbers"):
        return None
    if "random.seed" in ast.unparse(function):
        return None
    text = inserted(damage.text, first_line(function), "random.seed(0)")
    return _observed(damage, with_import(text, "import random"), "random numbers are seeded")


def stop_clock(damage: Damage) -> Mended | None:
    function = damage.function
    if function is None or not _depends_on(damage, "the clock"):
        return None
    statement = f'monkeypatch.setattr("time.time", lambda: {_A_MOMENT})'
    if statement in damage.text:
        return None
    text = inserted(damage.text, first_line(function), statement)
    text = with_parameter(text, function, "monkeypatch")
    return _observed(damage, text, "the clock stands still")


def _depends_on(damage: Damage, cause: str) -> bool:
    return damage.judgement.verdict is Verdict.FLAKY and cause in damage.judgement.root_cause


def _observed(damage: Damage, text: str, what: str) -> Mended | None:
    """With the cause gone the value is the same each time, and can be written down."""
    runs = damage.run(text)
    if not runs or len({(run.outcome, run.left) for run in runs}) > 1:
        return None
    if all(run.outcome == "passed" for run in runs):
        return Mended(text, first_line_of(damage), what, (), 0.75)
    moved = text.count("\n") - damage.text.count("\n")
    facts = damage.facts
    frames = tuple(type(f)(f.path, f.line + moved) for f in facts.frames)
    shifted = Damage(
        type(facts)(
            facts.failure,
            facts.path,
            text,
            facts.function,
            facts.case,
            frames,
            facts.error,
            facts.said,
        ),
        damage.judgement,
        damage.product,
        text,
        damage.run,
    )
    mended = mend_value(shifted)
    if mended is None:
        return None
    return Mended(mended.text, mended.line, f"{what}; {mended.what}", mended.corrections, 0.7)


def first_line_of(damage: Damage) -> int:
    return damage.function.lineno if damage.function else 0
