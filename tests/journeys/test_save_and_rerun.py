"""A person looks at a past session, saves a file, and sees at once what that does to its tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from itc_tui.application import outside_of
from tests.fakes import ScriptedEngine
from tests.journeys.journey import SESSION, TEST_FILE, cart_tests, ride, shop_at, world_in
from tests.ui.rerun_stage import in_tests, passed, screen, told
from tests.ui.stage import application, painted, until


async def test_a_saved_file_runs_its_tests_and_the_session_stays_as_it_was(tmp_path: Path) -> None:
    ann = shop_at(tmp_path / "shop")
    with world_in(ann.root, ScriptedEngine({TEST_FILE: cart_tests(green=6, red=5)})) as world:
        ride(world, max_iterations=1)
        folder = Path(world.store.folder)
    before = (folder / "state.json").read_bytes()
    world_of_ann = outside_of(ann.root, {"python": sys.executable})
    async with application(world_of_ann, review=str(folder)) as (app, pilot):
        await in_tests(app, pilot)
        assert screen(pilot).view.session_id == SESSION
        looker = screen(pilot)._looker
        assert looker
        assert looker.is_open.wait(20)
        await pilot.press("W")
        ann.write(TEST_FILE, cart_tests(green=6, red=6, new=6))
        await until(pilot, lambda: "rerun: 3 of 3 pass, not counted" in painted(app))
        ann.write("shop/store.py", "raise RuntimeError('half a thought')\n")
        await until(pilot, lambda: "rerun: 0 of 2 pass" in painted(app))
        assert "half a thought" in painted(app)
        assert passed(pilot) == 1
    assert (folder / "state.json").read_bytes() == before


@pytest.mark.slow
async def test_a_test_that_writes_a_source_does_not_run_for_ever(tmp_path: Path) -> None:
    ann = shop_at(tmp_path / "shop")
    notes = ann.write("shop/notes.py", "")
    with world_in(ann.root, ScriptedEngine({TEST_FILE: cart_tests(green=6)})) as world:
        ride(world, max_iterations=1)
        folder = Path(world.store.folder)

    def runs() -> int:
        return len(notes.read_text().splitlines())

    world_of_ann = outside_of(ann.root, {"python": sys.executable})
    async with application(world_of_ann, review=str(folder)) as (app, pilot):
        await in_tests(app, pilot)
        looker = screen(pilot)._looker
        assert looker
        assert looker.is_open.wait(20)
        await pilot.press("W")
        ann.write(TEST_FILE, WRITES_A_SOURCE)
        await until(pilot, lambda: "notes.py was written while the tests ran" in told(app))
        await until(pilot, lambda: "rerun: 1 of 1 pass" in painted(app))
        assert runs() == 2, "a run, and one repeat"
        ann.write("shop/store.py", ann.read("shop/store.py") + "# saved\n")
        await until(pilot, lambda: runs() > 2)


WRITES_A_SOURCE = """\
def test_green():
    import pathlib
    import shop.notes
    notes = pathlib.Path(shop.notes.__file__)
    notes.write_text(notes.read_text() + "# once more\\n")
    assert notes.exists()
"""
