"""What a case does on its way is cut to what its end needs."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.shortening import as_short_as_they_may_be
from itc_tui.engines.builtin.slicing import slices
from itc_tui.engines.builtin.witnesses import Edge, Witness

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


def reaching(ident: str, *lines: int, edges: frozenset[Edge] = frozenset()) -> Witness:
    steps = (Step(f"v_x_{len(lines)}", "ask()"),)
    arcs = frozenset(("shop/orders.py", 0, line) for line in lines)
    return Witness(ident, Program((), steps), "shop.orders:ask", arcs=arcs, edges=edges)


def test_a_long_way_goes_where_another_case_goes_it_too() -> None:
    long, other = reaching("1", 1, 2, 3, 4), reaching("2", 1, 2, 3)
    short, gone = reaching("1", 4), reaching("2", 3)
    assert as_short_as_they_may_be([long, other], {"1": [short]}) == [short, other]
    # Not both of them: what neither goes any more, nobody would.
    assert as_short_as_they_may_be([long, other], {"1": [short], "2": [gone]}) == [short, other]


def test_what_is_cut_still_crosses_where_it_crossed() -> None:
    edge = frozenset({("shop/orders.py", "ask", "shop/stock.py", "take")})
    long, other = reaching("1", 1, 2, edges=edge), reaching("2", 1, 2, edges=edge)
    assert as_short_as_they_may_be([long, other], {"1": [reaching("1", 2)]}) == [long, other]
