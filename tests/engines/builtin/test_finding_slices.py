"""What a case does on its way is cut to what its end needs."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import slices

STEPS = (
    Step("Tea", "class Tea:\n    grams = 2", "raw"),
    Step("Cup", "class Cup:\n    size = 2", "raw"),
    Step("cup", "Cup()"),
    Step("", "for tea in teas:\n    print(tea)", "raw"),
    Step("", "assert cup.size == 2", "raw"),
    Step("", "cup.size += 1", "raw"),
    Step("v_got_1", "cup.size"),
)


def test_statements_that_have_nothing_to_do_with_the_end_go() -> None:
    first, second, whole = slices(Program((), STEPS), is_error=False)
    assert [step.var or step.code for step in first.steps] == ["Cup", "cup", "v_got_1"]
    assert [step.var or step.code for step in second.steps] == [
        "Cup",
        "cup",
        "cup.size += 1",
        "v_got_1",
    ]
    assert whole.steps == STEPS
