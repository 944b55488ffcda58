"""A plan promises no case that the target's own pytest does not bear out, and loses no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.requests import DraftCase, DraftFile
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.cache import Cache, Prepared, find
from itc_tui.engines.builtin.handed.record import NOTHING, Handed
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.rehearsal import rehearse
from itc_tui.engines.builtin.rehearsed_plan import rehearsed
from itc_tui.engines.builtin.stand_ins.module_state import module_state
from itc_tui.engines.builtin.witnesses import Claim, Witness
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget


def plan_of(prepared: Sequence[Prepared]) -> Plan:
    cases = tuple(Case(name=one.witness.ident, input=one.input) for one in prepared)
    scenario = Scenario(boundary="shop.till → shop.rates", test_cases=cases)
    return Plan(integration_scenarios=(scenario,)).with_ids()


def shows(name: str, module: str, call: str, value: str) -> Prepared:
    """A case of the module's function that shows the value."""
    steps = (Step("found", call),)
    program = Program((f"from {module} import {call.partition('(')[0]}",), steps)
    witness = Witness(name, program, f"{module}:{name}", ((Claim("found", value),),))
    return Prepared(call, f"found == {value}", witness, {"summary": "It holds."})


def test_a_case_whose_imports_fail_under_pytest_takes_no_other_with_it(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox], tmp_path: Path
) -> None:
    target = make_target(
        **{
            "shop/bill.py": "def bill(count):\n    return count * 3\n",
            "shop/views.py": "raise RuntimeError('settings are not configured')\n",
        }
    )
    prepared = [
        shows("bill", "shop.bill", "bill(2)", "6"),
        shows("view", "shop.views", "view(2)", "6"),
    ]
    cache = Cache(tmp_path / "cache")
    cache.save(prepared)
    left, events = drained(rehearsed(target, plan_of(prepared), open_box(target), cache, NOTHING))
    assert [case.name for _, case in left.enabled_cases] == ["bill"]
    assert "settings are not configured" in left.left_out[0].why
    assert any("1 case left out" in event.text for event in events if event.event == "noted")


RATES = """
    from contextvars import ContextVar

    class Rates:
        def __init__(self):
            self.of = ContextVar("rates", default={"tea": 2})

    RATES = Rates()

    def rate(name):
        return RATES.of.get().get(name, 0)

    def raised(name, by):
        RATES.of.set({name: rate(name) + by})
        return rate(name)
    """


def test_a_case_that_leaves_something_behind_goes_and_not_those_that_stumble_over_it(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox], tmp_path: Path
) -> None:
    """Whether they come before it or after it."""
    target = make_target(**{"shop/rates.py": RATES, "shop/till.py": ""})
    prepared = [
        shows("tea", "shop.rates", "rate('tea')", "2"),
        shows("coffee raised", "shop.rates", "raised('coffee', 3)", "3"),
        shows("tea again", "shop.rates", "rate('tea',)", "2"),
        shows("wrong", "shop.rates", "rate('milk')", "7"),
    ]
    cache = Cache(tmp_path / "cache")
    cache.save(prepared)
    left, _ = drained(rehearsed(target, plan_of(prepared), open_box(target), cache, NOTHING))
    assert [case.name for _, case in left.enabled_cases] == ["tea", "tea again"]
    why = {one.what: one.why for one in left.left_out}
    assert why["coffee raised"] == "leaves something behind that upsets tea and tea again"
    assert why["wrong"].startswith("does not hold under pytest")


KEPT = """
    RATES = {}

    def rate(name):
        return RATES.get(name, 0)

    def put(name, count):
        RATES[name] = count
        return rate(name)
    """


def test_what_a_case_leaves_in_a_module_is_put_back_before_the_case_is_given_up(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox], tmp_path: Path
) -> None:
    target = make_target(**{"shop/rates.py": KEPT, "shop/till.py": ""})
    keeper = module_state(target)
    assert keeper is not None
    putting = shows("put", "shop.rates", "put('tea', 3)", "3")
    passed = frozenset((file, 0, line) for file, line in keeper.sites)
    putting = replace(putting, witness=putting.witness.but(arcs=passed))
    prepared = [putting, shows("tea", "shop.rates", "rate('tea')", "0")]
    cache, handed = Cache(tmp_path / "cache"), Handed(stand_ins=(keeper,))
    cache.save(prepared)
    left, _ = drained(rehearsed(target, plan_of(prepared), open_box(target), cache, handed))
    inputs = {case.name: case.input for _, case in left.enabled_cases}
    assert inputs == {"put": '# given: kept_state\nfound = put("tea", 3)', "tea": "rate('tea')"}
    assert find(cache.load(), inputs["put"]) is not None


def test_a_case_that_leaves_a_thread_for_which_pytest_would_wait_is_left_out(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox]
) -> None:
    """But not one that leaves a pool, whose workers end when they are told to."""
    text = """
import threading, time
from concurrent.futures import ThreadPoolExecutor

POOLS = []

def test_a_pool():
    POOLS.append(ThreadPoolExecutor())
    assert POOLS[0].submit(int).result() == 0

def test_a_guard():
    threading.Thread(target=time.sleep, args=(600,), name="guard").start()
"""
    names = ("test_a_pool", "test_a_guard")
    cases = tuple(DraftCase(case_id=name, scenario_id="IS-001", function=name) for name in names)
    file = DraftFile(path="tests/test_shop.py", text=text, cases=cases)
    ended, _ = drained(rehearse(open_box(make_target(**{"shop/till.py": ""})), [file]))
    told = "it leaves a thread running (guard)"
    assert ended == {"tests/test_shop.py::test_a_guard": (told, told)}


def test_a_fixture_that_every_test_is_asked_for_and_nobody_makes_is_named_once(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox], tmp_path: Path
) -> None:
    target = make_target(
        **{
            "shop/bill.py": "def bill(count):\n    return count * 3\n",
            "pytest.ini": "[pytest]\nusefixtures = clean_till\n",
        }
    )
    prepared = [shows(f"bill of {count}", "shop.bill", f"bill({count})", "6") for count in (2, 3)]
    cache = Cache(tmp_path / "cache")
    cache.save(prepared)
    left, events = drained(rehearsed(target, plan_of(prepared), open_box(target), cache, NOTHING))
    assert left.enabled_cases == ()
    (note,) = [event for event in events if event.event == "noted"]
    assert note.level == "error"
    assert "ask every test for the fixture `clean_till`" in note.text
    assert "take it out of `usefixtures`" in left.left_out[0].why
