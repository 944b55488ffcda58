"""Open the application on a repository, with real git and real pytest and a scripted engine.

`python -m tests.journeys.on_screen ROOT SCRIPT [--step]`: the scripts are those beneath.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from itc_tui.application import outside_of
from itc_tui.domain.state import State
from itc_tui.ports import StopSwitch, World
from itc_tui.ui.app import run_app
from itc_tui.ui.look import Look
from itc_tui.ui.outside import Launch, Outside
from tests.fakes import ScriptedEngine
from tests.journeys.journey import TEST_FILE, TOPIC, cart_tests, standing, world_in
from tests.journeys.test_cycle import expecting


def two_wrong() -> ScriptedEngine:
    """Two tests that expect too little, and a fix for each."""
    fixes = [expecting("a", 6), expecting("b", 6)]
    return ScriptedEngine({TEST_FILE: cart_tests(a=5, b=5)}, fixes)


def four_wrong() -> ScriptedEngine:
    """Four tests that expect too little, and a fix for each: four iterations."""
    fixes = [expecting(name, 6) for name in "abcd"]
    return ScriptedEngine({TEST_FILE: cart_tests(a=5, b=5, c=5, d=5)}, fixes)


def green() -> ScriptedEngine:
    """Two tests that pass, as soon as the code under test lets them."""
    return ScriptedEngine({TEST_FILE: cart_tests(a=6, b=6)})


SCRIPTS: dict[str, Callable[[], ScriptedEngine]] = {"two_wrong": two_wrong, "green": green}


def outside(root: Path, script: str) -> Outside:
    """As for any user, but for the engine and for the proof."""

    @contextmanager
    def opened(
        root: Path, _topic: str | None, _flags: object, stop: StopSwitch, *, folder: str
    ) -> Iterator[tuple[State, World]]:
        del folder  # there is one session, and it is always the same
        with world_in(root, SCRIPTS[script](), stop=stop) as world:
            yield standing(world.store), world

    return outside_of(root, {}, opened)


def launch(root: Path, script: str) -> Launch:
    begin = outside(root, script).launch
    assert begin is not None
    return begin(TOPIC)


def main() -> None:
    root, script = Path(sys.argv[1]), sys.argv[2]
    look = Look(language="en", reduced_motion=True)
    left = run_app(outside(root, script), look, topic=TOPIC, step_by_step="--step" in sys.argv)
    sys.stdout.write(f"LEFT stopped={left.was_stopped} trouble={left.trouble!r}\n")


if __name__ == "__main__":
    main()
