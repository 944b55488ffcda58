"""Gathers what drafted tests may be handed: fixtures that work in the box, and stand-ins."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.handed.conftests import visible_fixtures
from itc_tui.engines.builtin.handed.fixtures import usable_fixtures
from itc_tui.engines.builtin.handed.record import NOTHING, Handed
from itc_tui.engines.builtin.stand_ins.module_state import module_state
from itc_tui.engines.builtin.stand_ins.registry import stand_ins_for
from itc_tui.engines.builtin.stand_ins.stand_in import StandIn
from itc_tui.engines.builtin.writing.case_stand_ins import fits_a_case
from itc_tui.ports import Box, Steps

Refused = tuple[tuple[str, str], ...]
"""What is not used, and why."""


def hand_out(
    target: Target, exploration: Exploration, box: Box, failing: Collection[str] = ()
) -> Steps[tuple[Handed, Refused]]:
    """`failing`: modules that cannot be imported; a stand-in that names one cannot be made."""
    every = _stand_ins(target, exploration, failing)
    if target.conventions.style == "unittest":
        return _for_unittest(target, every), ()
    fixtures, refused = yield from usable_fixtures(target, box)
    ours = {one.name for one in every if is_of_an_earlier_session(one, target)}
    fixtures = tuple(fixture for fixture in fixtures if fixture.name not in ours)
    refused = tuple(row for row in refused if row[0].split()[1] not in ours)
    taken = {fixture.name for fixture in fixtures} | {
        what.split()[1] for what, _ in refused if what.startswith("fixture ")
    }
    # A stand-in of the same name would hide what the target's own tests mean by it.
    stand_ins = [one for one in every if one.name not in taken]
    return Handed(fixtures, tuple(stand_ins)), refused


def is_of_an_earlier_session(stand_in: StandIn, target: Target) -> bool:
    """A conftest of the tests' folder has a fixture of its name that says what ours says."""
    there = visible_fixtures(Path(target.root), target.tests_dir).get(stand_in.name)
    own = re.search(r'"""(.*)', stand_in.source)
    is_near = there is not None and there.file == f"{target.tests_dir.rstrip('/')}/conftest.py"
    if there is None or own is None or not is_near:
        return False
    return _opening(there.says) == _opening(own[1].rstrip('"'))


def _opening(says: str) -> str:
    """Without the modules that it is for: those differ from session to session."""
    return says.partition(", for ")[0].rstrip(".")


def _stand_ins(target: Target, exploration: Exploration, failing: Collection[str]) -> list[StandIn]:
    points = [one for one in exploration.integration_points if one.from_module not in failing]
    every = stand_ins_for(target, exploration.but(integration_points=tuple(points)))
    state = module_state(target, failing)
    return [*every, state] if state is not None else every


def _for_unittest(target: Target, every: Sequence[StandIn]) -> Handed:
    """A TestCase takes no fixtures; from Python 3.11 on it can enter a context by itself."""
    version = tuple(int(part) for part in re.findall(r"\d+", target.python_version)[:2])
    if version < (3, 11):
        return NOTHING
    return Handed((), tuple(one for one in every if not one.source or fits_a_case(one)))
