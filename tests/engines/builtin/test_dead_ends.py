"""A case ends with what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.dead_ends import without_dead_ends
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.steadiness import observe_steadily
from itc_tui.engines.builtin.witnesses import Witness
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

FILES = {
    "shop/till.py": """
        import os

        from shop import rates

        def due(count):
            return count * rates.of_tea()

        def close():
            rates.forget()

        def ticket():
            return rates.of_tea() and os.getpid()

        def name():
            return "till"

        class Drawer:
            def __init__(self):
                self.count = 0

            def put(self, count):
                self.count += rates.of_tea() * count

            def serial(self):
                return rates.of_tea() and os.getpid()
        """,
    "shop/rates.py": """
        def of_tea():
            return 2

        def forget():
            pass
        """,
}


def held(laboratory: Laboratory, **calls: tuple[str, ...]) -> Mapping[str, Witness]:
    programs = {
        name: Program(
            ("from shop import till",),
            tuple(
                Step("", call, "raw") if " " in call else Step(f"v_{at}_1", f"till.{call}")
                for at, call in enumerate(own)
            ),
        )
        for name, own in calls.items()
    }
    seen, _ = drained(observe_steadily(laboratory, programs))
    return seen


def test_calls_at_the_end_that_nothing_looks_at_go_unless_only_they_cross_something(
    make_target: MakeTarget, laboratory_of: Callable[[Target], Laboratory]
) -> None:
    laboratory = laboratory_of(make_target(**FILES))
    cases = held(
        laboratory,
        changing=("due(3)", "ticket()"),
        telling=("due(3)", "due(4)"),
        closing=("due(5)", "close()"),
        defining=("due(6)", "class Spare: pass"),
        asserting=("due(7)", "assert till.due(8) == 16"),
        inner=("name()", "ticket()"),
        blind=("ticket()",),
    )
    found, _ = drained(without_dead_ends(laboratory, cases))
    codes = {name: [step.code for step in one.program.steps] for name, one in found.items()}
    assert codes == {
        "changing": ["till.due(3)"],
        "telling": ["till.due(3)", "till.due(4)"],
        "closing": ["till.due(5)", "till.close()"],
        "defining": ["till.due(6)"],
        "asserting": ["till.due(7)", "assert till.due(8) == 16"],
        "inner": ["till.name()", "till.ticket()"],
        "blind": ["till.ticket()"],
    }
    assert {edge[1] for edge in cases["changing"].edges} == {"due", "ticket"}
    assert {edge[1] for edge in found["changing"].edges} == {"due"}


def test_calls_on_the_way_that_nothing_looks_at_go_with_what_was_made_for_them(
    make_target: MakeTarget, laboratory_of: Callable[[Target], Laboratory]
) -> None:
    """What changes what is looked at later stays."""
    laboratory = laboratory_of(make_target(**FILES))
    steps = (
        Step("v_a_1", "till.Drawer()"),
        Step("v_b_2", "till.Drawer()"),
        Step("v_c_3", "v_b_2.serial()"),
        Step("v_d_4", "v_a_1.serial()"),
        Step("v_e_5", "v_a_1.put(3)"),
        Step("v_f_6", "v_a_1.count"),
    )
    programs = {"1": Program(("from shop import till",), steps)}
    programs["2"] = Program(("from shop import till",), (steps[0], steps[3]))
    seen, _ = drained(observe_steadily(laboratory, programs))
    seen["1"] = seen["1"].but(claims=(*((),) * 5, seen["1"].claims[5]))
    found, _ = drained(without_dead_ends(laboratory, seen))
    assert [step.code for step in found["1"].program.steps] == [
        "till.Drawer()",
        "v_a_1.put(3)",
        "v_a_1.count",
    ]
