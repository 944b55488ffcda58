"""The plan's table has names over its columns, and they stay over them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.vocabulary import Priority
from itc_tui.ui.panes.plan.table import PlanTable
from itc_tui.ui.plan_columns import columns_of, head, in_words, without_package
from itc_tui.ui.plan_rows import case_row, scenario_row
from itc_tui.ui.widgets.painting import Row, width_of
from itc_tui.ui.words import say, speak, spoken
from tests.ui.stage import application, painted, until

PLAN = Plan(
    integration_scenarios=(
        Scenario(
            id="IS-001",
            name="订单被支付 and paid for, in words that are longer than most of the others",
            boundary="shop.orders → shop.payments",
            priority=Priority.CRITICAL,
            test_cases=tuple(Case(id=f"c{number}", name=str(number)) for number in range(12)),
        ),
        Scenario(
            id="IS-002",
            name="short",
            boundary="shop.a → shop.b",
            enabled=False,
            test_cases=(Case(id="x", name="x", enabled=False), Case(id="y", name="y")),
        ),
    )
)


@pytest.fixture(params=["en", "zh"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[None]:
    speak(request.param)
    yield
    speak("en")


def text(row: Row) -> str:
    return "".join(piece for piece, _ in row)


@pytest.mark.parametrize("width", [40, 60, 63, 64, 71, 89, 90, 110, 130, 180])
def test_each_name_begins_or_ends_where_its_column_does(width: int) -> None:
    columns = columns_of(PLAN, {"y"}, width)
    rows = [
        scenario_row(scenario, columns, is_open=False, rejected={"y"})
        for scenario in PLAN.integration_scenarios
    ]
    assert {width_of(row) for row in (head(columns), *rows)} == {width}
    if not columns.boundary:
        return
    begins = 4 + columns.id + columns.name + 2
    for row in rows if columns.state else rows[:1]:
        before, _, _ = text(row).partition("orders →" if "IS-001" in text(row) else "a →")
        assert cell_len(before) == begins
    assert (
        cell_len(text(head(columns))[: text(head(columns)).index(say("column.boundary"))]) == begins
    )


@pytest.mark.parametrize("width", [40, 64, 90, 130])
@pytest.mark.parametrize("name", ["IS-021-1", "IS-2-1004", "IS-014.2.2"])
def test_an_id_is_never_cut(name: str, width: int) -> None:
    first, second = PLAN.integration_scenarios
    plan = PLAN.but(integration_scenarios=(first, second.but(id=name)))
    columns = columns_of(plan, (), width)
    rows = [
        scenario_row(one, columns, is_open=False, rejected=()) for one in plan.integration_scenarios
    ]
    assert f"{name}  short" in text(rows[1])
    assert {width_of(row) for row in (head(columns), *rows)} == {width}


def test_an_id_as_long_as_the_table_leaves_room_for_the_name() -> None:
    plan = PLAN.but(integration_scenarios=(PLAN.integration_scenarios[0].but(id="x" * 300),))
    columns = columns_of(plan, (), 60)
    assert columns.name > 20
    assert (
        width_of(scenario_row(plan.integration_scenarios[0], columns, is_open=False, rejected=()))
        == 60
    )


def test_a_state_has_a_column_only_when_a_scenario_has_one() -> None:
    quiet = PLAN.but(integration_scenarios=PLAN.integration_scenarios[:1])
    assert columns_of(quiet, (), 100).state == 0
    assert columns_of(quiet, {"c3"}, 100).state
    assert columns_of(PLAN, (), 100).state


@pytest.mark.parametrize("width", [40, 63, 64, 89])
def test_where_no_column_has_room_for_a_state_it_stands_in_its_row(width: int) -> None:
    scenario = PLAN.integration_scenarios[1]
    columns = columns_of(PLAN, {"y"}, width)
    assert columns.state == 0
    row = scenario_row(scenario, columns, is_open=False, rejected={"y"})
    assert say("plan.off") in text(row)
    assert width_of(row) == width


def test_a_plan_without_scenarios_has_columns_too() -> None:
    assert width_of(head(columns_of(Plan(), (), 80))) == 80


def test_an_expectation_of_several_lines_stands_on_one() -> None:
    case = Case(id="c", name="n", expected="number == 0\nname == 'x'")
    assert "number == 0 · name == 'x'" in text(case_row(case, 90))


async def test_the_names_of_the_columns_stay_while_the_plan_scrolls() -> None:
    async with application(review="a", size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: app.screen.view.summary)
        await pilot.press("2")
        await until(pilot, lambda: "boundary" in painted(app))
        await pilot.press("G")
        await until(pilot, lambda: "IS-020" in painted(app))
        assert app.screen.query_one(PlanTable).scroll_offset.y > 0
        assert "boundary" in painted(app)


def test_callers_are_called_so_in_each_language_and_modules_keep_their_names() -> None:
    whole, short = "callers → shop.store", "callers → store"
    assert without_package(whole) == short
    before = spoken()
    try:
        speak("en")
        assert in_words(short) == short
        speak("zh")
        assert in_words(whole) == "调用者 → shop.store"
        assert in_words("shop.app → shop.callers") == "shop.app → shop.callers"
    finally:
        speak(before)
