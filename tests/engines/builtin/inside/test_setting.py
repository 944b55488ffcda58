"""A program that misses a variable is tried with one that may fit."""

from __future__ import annotations

import random

import pytest

from itc_tui.engines.builtin.inside.asked import Asked
from itc_tui.engines.builtin.inside.programs import Outcome, Program, Step
from itc_tui.engines.builtin.inside.setting import Setting, asking_for, fitting_value
from itc_tui.engines.builtin.inside.tracing import Footprint
from itc_tui.engines.builtin.inside.trials import Trial


def trial_of(*missing: str, steps: tuple[Step, ...] = (Step("x", "read()"),)) -> Trial:
    asked = Asked(frozenset(missing))
    return Trial(Program((), steps), Outcome(), Footprint(), "", asked=asked)


def given(setting: Setting, trial: Trial, focus: str) -> set[str]:
    tried = (setting.given(trial, focus) for _ in range(80))
    return {program.steps[0].code for program in tried if program is not None}


def test_what_documents_show_is_tried_before_all_else() -> None:
    setting = Setting({"PORT": ["8000"], "TEA": ["green"]}, random.Random(1))
    codes = given(setting, trial_of("PORT", "DELIMITER"), "shop.settings:Settings.int")
    assert {"monkeypatch.setenv('PORT', '8000')", "monkeypatch.setenv('PORT', '42')"} <= codes
    assert all("'PORT'" in code for code in codes)


def test_nothing_is_set_where_nothing_is_missing_or_a_document_says_what_is() -> None:
    setting = Setting({}, random.Random(1))
    own = (Step("", "monkeypatch.setenv('PORT', '1')"), Step("x", "read()"))
    assert given(setting, trial_of(), "shop:read") == set()
    assert given(setting, trial_of("PORT", steps=own), "shop:read") == set()
    assert given(setting, trial_of("PORT"), "given:README.md:3") == set()


def test_a_file_that_is_looked_for_is_written_once() -> None:
    setting = Setting({"PORT": ["8000"], "TEA": ["green"]}, random.Random(1))
    looking = trial_of()._replace(looked_for=frozenset({".env"}))
    (code,) = given(setting, looking, "shop.settings:read")
    assert code == "(tmp_path / '.env').write_text('PORT=8000\\nTEA=green\\n', encoding='utf-8')"
    written = looking.program._replace(steps=(Step("", code), *looking.program.steps))
    assert given(setting, looking._replace(program=written), "shop.settings:read") == set()
    assert given(Setting({}, random.Random(1)), looking, "shop.settings:read") == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHIP_DATE", "2024-02-29"),
        ("ENABLE_LOGIN", "true"),
        ("parse_int", "42"),
        ("API_URL", "https://example.com/tea?cups=2"),
        ("TEAPOT", ""),
    ],
)
def test_a_value_is_of_the_kind_that_a_name_speaks_of(name: str, value: str) -> None:
    assert fitting_value(name) == value


@pytest.mark.parametrize(
    ("code", "missing", "asked", "name"),
    [
        ("read('lvs')", "lvs", "read('PORT')", "PORT"),
        ("read('lvs', 3)", "APP_lvs", "read('PORT', 3)", "APP_PORT"),
        ("read('lvs')", "lvs_FILE", "read('PORT')", "PORT_FILE"),
        ("read(3)", "lvs", "read(3)", "lvs"),
    ],
)
def test_a_made_up_name_gives_way_to_one_that_documents_set(
    code: str, missing: str, asked: str, name: str
) -> None:
    program = Program((), (Step("v_a", code),))
    changed, told = asking_for(program, missing, "PORT")
    assert (changed.steps[-1].code, told) == (asked, name)
