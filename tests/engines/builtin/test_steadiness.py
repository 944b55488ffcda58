"""What a program shows counts only as far as it shows it every time, on any day."""

from __future__ import annotations

from collections.abc import Callable

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.handed.record import Handed
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.stand_ins.module_state import module_state
from itc_tui.engines.builtin.steadiness import agreed, observe_steadily
from itc_tui.engines.builtin.witnesses import RaisedError, Witness
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

CALENDAR = """
    import datetime

    def decade(name):
        return name, datetime.date.today().year // 10 * 10

    def week_later(day):
        return day + datetime.timedelta(days=7)

    def quarter():
        return {"name": "quarter", "number": (datetime.datetime.now().timetuple().tm_yday) // 92}
    """


def test_what_another_day_or_time_zone_changes_is_not_asserted(
    make_target: MakeTarget, laboratory_of: Callable[[Target], Laboratory]
) -> None:
    target = make_target(**{"shop/calendar.py": CALENDAR, "shop/other.py": ""})
    names = "from shop.calendar import quarter, week_later, decade"
    program = Program(
        (names, "import datetime", "import time"),
        (
            Step("later", "week_later(datetime.date(2020, 1, 1))"),
            Step("hour", "time.localtime(0).tm_min"),
            Step("year", "decade('x')[1] + week_later(datetime.date.today()).timetuple().tm_yday"),
        ),
    )
    seen, _ = drained(observe_steadily(laboratory_of(target), {"a": program}))
    asserted = [claim.left for step in seen["a"].claims for claim in step]
    assert asserted == ["later"]


RATES = """
    import os
    from contextvars import ContextVar

    class Rates:
        def __init__(self):
            self.of = ContextVar("rates", default=())

    RATES = Rates()

    def rate(name):
        return dict(RATES.of.get()).get(name, 0)

    def put(name, count):
        RATES.of.set(((name, count),))
        return rate(name)

    def process():
        return os.getpid()
    """


def test_what_leaves_something_behind_goes_and_not_those_that_stumble_over_it(
    make_target: MakeTarget, laboratory_of: Callable[[Target], Laboratory]
) -> None:
    """Though one shows something else each time, and so seems to be upset by all of them."""
    target = make_target(**{"shop/rates.py": RATES, "shop/other.py": ""})
    calls = {
        "process": "process()",
        "tea": "rate('tea')",
        "put": "put('tea', 3)",
        "tea again": "rate('tea') + 1",
        "milk": "rate('milk') + 2",
    }
    programs = {
        name: Program((f"from shop.rates import {call.partition('(')[0]}",), (Step("found", call),))
        for name, call in calls.items()
    }
    seen, _ = drained(observe_steadily(laboratory_of(target), programs))
    shown = {name: [claim.right for claim in seen[name].claims[0]] for name in seen}
    assert "put" not in shown
    assert (shown["tea"], shown["tea again"], shown["milk"]) == (["0"], ["1"], ["2"])


DESK = """
    class Desk:
        def __init__(self):
            self.names = []

        def write(self, name):
            self.names.append(name)
            return len(self.names)

    desk = Desk()
    """


def test_what_is_done_to_an_object_that_all_share_is_put_back_in_any_case(
    make_target: MakeTarget, laboratory_of: Callable[[Target], Laboratory]
) -> None:
    """Another's files may bring more into it than was seen here; an object of one's own is not
    put back."""
    target = make_target(**{"shop/desk.py": DESK, "shop/other.py": ""})
    keeper = module_state(target)
    assert keeper is not None
    laboratory = laboratory_of(target)
    laboratory.hand_over(Handed(stand_ins=(keeper,)))
    shared = Program(("from shop.desk import desk",), (Step("found", "desk.write('tea')"),))
    own = Program(("from shop.desk import Desk",), (Step("found", "Desk().write('tea')"),))
    seen, _ = drained(observe_steadily(laboratory, {"shared": shared, "own": own}))
    steps = {name: [step.var for step in one.program.steps] for name, one in seen.items()}
    assert steps == {"shared": [keeper.name, "found"], "own": ["found"]}


def test_an_heir_of_pythons_own_is_asserted_as_what_it_is_equal_to(
    make_target: MakeTarget, laboratory_of: Callable[[Target], Laboratory]
) -> None:
    baskets = """
        class Basket(dict): ...
        class Label(str): ...

        def filled():
            return Basket(tea=Basket(cups=3))

        def labelled():
            return Label("tea")
    """
    target = make_target(**{"shop/baskets.py": baskets})
    steps = (Step("basket", "filled()"), Step("label", "labelled()"))
    program = Program(("from shop.baskets import filled, labelled",), steps)
    seen, _ = drained(observe_steadily(laboratory_of(target), {"a": program}))
    asserted = [claim.text for step in seen["a"].claims for claim in step]
    assert asserted == ["basket == {'tea': {'cups': 3}}", "label == 'tea'"]


def test_a_process_that_ends_with_another_code_does_not_end_alike() -> None:
    """Without its code, the end would read like one of which all went well."""

    def ending(code: str) -> Witness:
        program = Program((), (Step("v_code_1", "main()", "raises"),))
        error = RaisedError("builtins", "SystemExit", code, True, True)
        return Witness("a", program, "shop.cli:main", ((),), raised={0: error})

    assert agreed(ending("1"), ending("2")) is None
    assert agreed(ending("1"), ending("1")) is not None
