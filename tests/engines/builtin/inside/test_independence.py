"""What a document makes can stand beside another of its like."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.independence import independent
from itc_tui.engines.builtin.inside.pool import Held
from itc_tui.engines.builtin.inside.programs import Program, Step

SAID = Program(
    ("import shop",),
    (Step("conn", "shop.Line()"), Step("v_shown_1", "conn.say('conn', conn=conn)")),
)


def test_two_of_a_name_fit_into_one_program() -> None:
    one, other = independent(SAID, "conn"), independent(SAID, "v_shown_1")
    assert SAID.beside(SAID.then(Step("conn", "shop.Line(2)"))) is None
    both = one.program.beside(other.program)
    assert both is not None
    assert len(both.steps) == 4
    made, said = other.program.steps
    assert said.code == f"{made.var}.say('conn', conn={made.var})"
    assert other.name == said.var


def test_what_a_definition_speaks_of_keeps_its_name() -> None:
    steps = (Step("log", "[]"), Step("tell", "def tell(x):\n    log.append(x)", "raw"))
    program = Program((), (*steps, Step("v_got_1", "tell(2)")))
    assert independent(program, "v_got_1").program.steps[:2] == steps


def test_what_is_ours_already_stays_as_it_is() -> None:
    program = Program((), (Step("v_made_1", "Cart()"),))
    assert independent(program, "v_made_1") == Held(program, "v_made_1")
