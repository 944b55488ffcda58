"""A call that went well gets one more option that its callable takes."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.more_options import MoreOptions
from itc_tui.engines.builtin.inside.pool import Kept, Pool
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.surface import read_surface
from itc_tui.engines.builtin.inside.texts import Words

SEALS = """
def seal(text, key="tea", *, mark=None):
    return text


def broken(text):
    return text
"""


@pytest.fixture
def more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MoreOptions:
    (tmp_path / "seals.py").write_text(SEALS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    surface = read_surface(["seals"])
    monkeypatch.delitem(sys.modules, "seals")
    rng = random.Random(6)
    arguments = Arguments(surface, Pool(rng), Words({}, [], {}, rng), {}, rng)
    return MoreOptions(surface.callables, arguments, rng)


def forms(more: MoreOptions, *codes: str) -> list[list[str]]:
    steps = tuple(Step(f"v_it_{place}", code) for place, code in enumerate(codes))
    made = (more.added(Kept(Program((), steps), "seals:seal", False)) for _ in range(80))
    return [[step.code for step in one.steps] for one in made if one is not None]


def test_what_the_call_leaves_out_is_named_behind_what_it_has(more: MoreOptions) -> None:
    found = [codes[-1] for codes in forms(more, "list(seal('a'))")]
    assert any(code.startswith("list(seal('a', key=") and code.endswith("))") for code in found)
    assert any(code.startswith("list(seal('a', mark=") for code in found)


def test_nothing_is_said_twice(more: MoreOptions) -> None:
    found = [codes[-1] for codes in forms(more, "seal('a', 'b')")]
    assert found
    assert all(code.startswith("seal('a', 'b', mark=") for code in found)
    assert forms(more, "seal('a', 'b', mark=1)") == []


def test_an_earlier_call_of_the_program_may_get_it(more: MoreOptions) -> None:
    found = forms(more, "seal('a')", "broken(v_it_0)")
    assert found
    assert all("mark=" in codes[-2] or "key=" in codes[-2] for codes in found)


def test_a_call_of_what_is_unknown_or_takes_no_more_stays_as_it_is(more: MoreOptions) -> None:
    assert forms(more, "broken('a')", "len('a')", "'tea'") == []
