"""A scenario's name says what is done and through what; its boundary stands beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from itc_tui.domain.exploration import Exploration, IntegrationPoint
from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.cache import Prepared, _digest
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness
from itc_tui.engines.builtin.writing.scenario_names import named
from itc_tui.speech import speak, told

TARGET = Target(root="/repo", python="python", packages=("shop",), source_roots=(".",))
POINTS = (
    IntegrationPoint(from_module="shop.orders", to_module="shop.prices"),
    IntegrationPoint(from_module="callers", to_module="shop.prices"),
)
REFUSED = {0: RaisedError("shop.orders", "BadOrder", "no", by_target=True, own=True)}


def seen(focus: str, *called: str, **more: object) -> Witness:
    edges = frozenset(("shop/orders.py", "do", "shop/prices.py", name) for name in called)
    program = Program((), (Step("", f"{focus}()"),))
    return replace(Witness(focus, program, focus, edges=edges), **more)  # type: ignore[arg-type]


def name_of(*witnesses: Witness, boundary: str = "shop.orders → shop.prices") -> str:
    inputs = [f"case {place}" for place in range(len(witnesses))]
    known = {
        _digest(text): Prepared(text, "", witness, {}) for text, witness in zip(inputs, witnesses)
    }
    cases = tuple(Case(name=f"title of {text}", input=text) for text in inputs)
    plan = Plan(integration_scenarios=(Scenario(boundary=boundary, test_cases=cases),))
    boundaries = Boundaries(TARGET, Exploration(integration_points=POINTS))
    return named(plan, known, boundaries).integration_scenarios[0].name


@pytest.mark.parametrize(
    ("witnesses", "name"),
    [
        ([seen("shop.orders:Order.total", "price_of")], "Order.total through price_of"),
        (
            [
                seen("shop.orders:Order.total", "price_of", "Tax.__init__"),
                seen("shop.orders:cancel!", "price_of"),
                seen("shop.orders:cancel", "rounded"),
                seen("shop.orders:Basket.__init__", "price_of"),
            ],
            "cancel, Order.total and 1 more through price_of, Tax and 1 more",
        ),
        (
            [seen("shop.orders:cancel!", "price_of", raised=REFUSED)],
            "cancel refusing with BadOrder",
        ),
        (
            [seen("shop.orders:cancel", "price_of"), seen("shop.orders:pay", raised=REFUSED)],
            "cancel, pay through price_of",
        ),
        ([seen("shop.cli:main as command shop order", "load")], "shop order through load"),
        ([seen("shop.orders:Order.total")], "title of case 0"),
        ([seen("shop.orders:pay"), seen("shop.orders:cancel")], "pay, cancel"),
        ([seen("given:README.md:3", "price_of")], "title of case 0"),
    ],
)
def test_it_says_what_is_done_and_through_what(witnesses: list[Witness], name: str) -> None:
    assert name_of(*witnesses) == name


def test_an_example_is_named_after_what_it_calls() -> None:
    steps = (Step("v_order_1", "Order(2)"), Step("v_int_1", "v_order_1.total()"))
    given = Witness(
        "g",
        Program((), steps),
        "given:README.md:3",
        ((), (Claim("v_int_1", "7", (), True),)),
        kinds=("Order", "int"),
        edges=frozenset([("shop/orders.py", "do", "shop/prices.py", "price_of")]),
    )
    assert name_of(given) == "total through price_of"


def test_at_a_face_what_is_called_there_is_the_name() -> None:
    rows = [seen(f"shop.prices:{name}") for name in ("a", "b", "c", "d", "e")]
    assert name_of(*rows, boundary="callers → shop.prices") == "a, b, c, d and 1 more"


def test_it_is_said_in_chinese_too() -> None:
    speak("zh")
    try:
        assert told("cancel, Order.total and 1 more through price_of") == (
            "cancel, Order.total 等另外 1 个，经由 price_of"
        )
        assert told("cancel refusing with BadOrder") == "cancel，以 BadOrder 拒绝"
    finally:
        speak("en")
