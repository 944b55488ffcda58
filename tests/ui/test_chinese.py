"""In Chinese no word of ours is left in English, on any screen."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.theme import BUILTIN_THEMES

from itc_tui.adapters.session.session_shelf import list_sessions, read_events, read_state
from itc_tui.domain.events import CaseFinished
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.plan import Plan
from itc_tui.settings import load_layers
from itc_tui.speech.catalogue import catalogue
from itc_tui.ui.leaving import Left
from itc_tui.ui.look import Look
from tests.ui.stage import Recorded, application, outside, painted, until

ROOT = Path(__file__).parents[2]
FOLDER = Path(list_sessions(ROOT / "sessions")[0].path)
WORD = re.compile(r"[A-Za-z]{2,}")

#: Names of programs, files, keys and formats; and what nobody translates.
_NAMES = """
itc tui pytest unittest git gh Python pyproject toml json py EDITOR NO COLOR COLOUR Issue tmux
API HTTP http ansi builtin English Markdown conftest getattr theme sessions root dark light
esc tab space enter ctrl shift home end pgup pgdn del delete BUG IS ID NUL ms MB UTC fs
desktop auto
"""
NAMES = set(_NAMES.split())
#: What the map names of the outside, as it does with modules.
OUTSIDE = {"filesystem", "environment", "process", "clock", "random"}


def names_of_the_target() -> set[str]:
    """Names in its sources, and what its tests and findings say: these are quoted."""
    texts = [
        token.string
        for path in (ROOT / "itc_tui/demo/shop").rglob("*.py")
        for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
        if token.type == tokenize.NAME
    ]
    state = read_state(FOLDER)
    assert state is not None
    plan, found = state.test_design or Plan(), state.exploration or Exploration()
    for scenario in plan.integration_scenarios:
        for case in scenario.test_cases:
            texts += [case.name, case.input, case.expected]
    texts += [f"{one.reproduction} {one.observed} {one.contract}" for one in state.findings]
    texts += [point.contract for point in found.integration_points]
    for event in read_events(FOLDER):
        if isinstance(event, CaseFinished):
            ran = event.result
            texts += [ran.node_id.replace("_", " "), ran.message, ran.traceback]
    return {word for text in texts for word in WORD.findall(text)}


@pytest.fixture(scope="module")
def quoted() -> set[str]:
    themes = {word for name in BUILTIN_THEMES for word in WORD.findall(name)}
    return names_of_the_target() | themes | NAMES | OUTSIDE


@asynccontextmanager
async def in_chinese(size: tuple[int, int]) -> AsyncIterator[tuple[Any, Pilot[Left]]]:
    world = outside(
        read_events=lambda _folder: Recorded(tuple(read_events(FOLDER))),
        layers=lambda: load_layers(ROOT / "tests", {}, {}),
    )
    look = Look(language="zh", theme="itc-dark", reduced_motion=True)
    async with application(world, review="a", size=size, look=look) as (app, pilot):
        yield app, pilot


def english(app: Any, quoted: set[str]) -> set[str]:
    """Words that were cut off are not judged, nor where a machine keeps its files."""
    text = re.sub(r"[\w.:/\\'\"-]*…[\w./\\'\"-]*", "", painted(app))
    text = re.sub(r"(?<!\w)[~/][\w.~/-]+", "", text)
    # What lies under a dialog is seen in pieces.
    begun = {word[:size] for word in quoted for size in range(2, len(word))}
    ended = {word[-size:] for word in quoted for size in range(2, len(word))}
    return set(WORD.findall(text)) - quoted - begun - ended


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_no_pane_of_a_recorded_session_speaks_english(
    size: tuple[int, int], quoted: set[str]
) -> None:
    left: dict[str, set[str]] = {}
    async with in_chinese(size) as (app, pilot):
        await until(pilot, lambda: app.screen.view.summary)
        bench = app.screen
        for pane, keys in (
            ("1", ("G", "g", "enter", "m")),
            ("2", ("enter", "j", "l", "j")),
            ("3", ("enter", "n", "v", "v")),
            ("4", ("G", "enter", "l", "l", "d")),
            ("1", ("question_mark", "M", "ctrl+p", "f4")),
        ):
            await pilot.press(pane)
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
                if found := english(app, quoted):
                    left[f"{pane} {key}"] = found
                while app.screen is not bench:
                    await pilot.press("escape")
                    await pilot.pause()
    assert not left, "\n".join(f"{keys}: {sorted(words)}" for keys, words in left.items())


def test_what_is_quoted_hides_hardly_a_sentence_of_ours(quoted: set[str]) -> None:
    """Else the test above would not see one that is left in English."""
    forms = [form for form in catalogue("zh").forms if " " in form]
    hidden = [form for form in forms if set(WORD.findall(form)) <= quoted]
    assert len(hidden) < len(forms) / 10
