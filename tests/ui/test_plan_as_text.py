"""The whole plan as text: it reads back, and where it does not, one sentence says where and why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from itc_tui.ui.plan_as_text import TextFault, as_text, from_text
from itc_tui.ui.words import speak
from tests.ui.scripted_shop import PLAN
from tests.ui.stage import answer, application, launch, until

TEXT = as_text(PLAN)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    speak("en")


def fault_in(text: str) -> TextFault:
    fault = from_text(text)
    assert isinstance(fault, TextFault)
    return fault


def line_of(piece: str, text: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


def test_the_plan_as_text_reads_back_as_the_same_plan() -> None:
    assert from_text(TEXT) == PLAN


@pytest.mark.parametrize(
    ("old", "new", "where", "why"),
    [
        ('"priority": "critical"', '"priority": "urgent"', "priority", "critical, high, medium"),
        ('"enabled": true', '"enabled": 7', "enabled", "true or false"),
        ('"setup": "', '"setup": 5, "x": "', "setup", "quotes"),
        ('"pass_rate": 95.0', '"pass_rate": "high"', "success_criteria.pass_rate", "number"),
        ('"mock_boundaries": [', '"mock_boundaries": 3, "x": [', "mock_boundaries", "list"),
        ('"mocking": {', '"mocking": [], "x": {', "mocking", "fields in { }"),
    ],
)
def test_a_value_that_fits_no_field_is_told_with_its_line_and_what_is_needed(
    old: str, new: str, where: str, why: str
) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    fault = fault_in(text)
    assert fault.line == line_of(new, text)
    assert text.splitlines()[fault.line - 1][fault.column - 1 :].startswith(
        new.partition(": ")[2].partition(",")[0]
    )
    assert f"Line {fault.line}, " in fault.sentence
    assert f"{where}: " in fault.sentence
    assert why in fault.sentence
    assert "Input should" not in fault.sentence


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ('"id": "IS-002",', '"id": "IS-002"', 1, "comma is missing"),
        ('"id": "IS-002"', '"id" "IS-002"', 0, "colon is missing"),
        ('"id": "IS-002"', "id: 2", 0, "name in double quotes"),
        ('"enabled": true', '"enabled": maybe', 0, "value is missing"),
        ('"id": "IS-002"', '"id": "IS\n-002"', 0, "line break"),
        ('"id": "IS-002"', '"id": "IS\\-002"', 0, "backslash"),
    ],
)
def test_what_is_no_json_is_told_in_words_of_ours(old: str, new: str, line: int, why: str) -> None:
    text = TEXT.replace(old, new, 1)
    fault = fault_in(text)
    assert fault.line == line_of(new, text) + line
    assert f"Line {fault.line}: " in fault.sentence
    assert why in fault.sentence


@pytest.mark.parametrize("text", ["", "[1]", "NaN", "{", "[" * 100_000, TEXT + "}", '{"x": "'])
def test_whatever_is_written_has_a_line_and_a_sentence(text: str) -> None:
    fault = fault_in(text)
    assert fault.line >= 1
    assert fault.column >= 1
    assert fault.sentence.startswith("Not taken up.")


def test_of_a_field_that_is_there_twice_the_one_that_counts_is_told() -> None:
    assert fault_in('{"execution_order": [],\n"execution_order": 3}').line == 2


def test_it_is_said_in_chinese_too() -> None:
    speak("zh")
    assert "第 2 行" in fault_in('{\n"execution_order": 3}').sentence
    assert "列表" in fault_in('{\n"execution_order": 3}').sentence


async def test_the_cursor_goes_where_the_text_is_wrong() -> None:
    async with application(started=launch(), size=(80, 24)) as (app, pilot):
        await answer(pilot, "consent", "y")
        await answer(pilot, "plan", "escape")
        await pilot.press("w")
        await until(pilot, lambda: app.screen.query("PlanText"))
        editor = app.screen.query_one("#plan-text")
        editor.text = wrong = TEXT.replace('"id": "IS-003"', '"id": 3', 1)
        await pilot.press("escape")
        await until(pilot, lambda: editor.cursor_location[0])
        row, column = editor.cursor_location
        assert wrong.splitlines()[row][column:].startswith("3")
        assert app.screen.query("PlanText")
