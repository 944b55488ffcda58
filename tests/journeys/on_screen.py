"""Open the application on a repository, with real git and real pytest and a scripted engine.

`python -m tests.journeys.on_screen ROOT SCRIPT [--step]`: the scripts are those beneath.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from itc_tui.application import outside_of
from itc_tui.domain.state import State
from itc_tui.loop import cycle
from itc_tui.ports import Steering, Steps, StopSwitch
from itc_tui.ui.app import run_app
from itc_tui.ui.look import Look
from itc_tui.ui.outside import Launch
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


def launch(root: Path, script: str) -> Launch:
    stop, steering = StopSwitch(), Steering()

    def journey() -> Steps[State]:
        with world_in(root, SCRIPTS[script](), stop=stop) as world:
            steered = replace(world, steering=steering)
            return (yield from cycle(standing(world.store), steered))

    return Launch(journey, stop, steering)


def main() -> None:
    root, script = Path(sys.argv[1]), sys.argv[2]
    outside = replace(outside_of(root, {}), launch=lambda _topic: launch(root, script))
    look = Look(language="en", reduced_motion=True)
    left = run_app(outside, look, topic=TOPIC, step_by_step="--step" in sys.argv)
    sys.stdout.write(f"LEFT stopped={left.was_stopped} trouble={left.trouble!r}\n")


if __name__ == "__main__":
    main()
