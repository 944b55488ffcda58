"""Gathers what drafted tests may be handed: fixtures that work in the box, and stand-ins."""

from __future__ import annotations

import re

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.handed.fixtures import usable_fixtures
from itc_tui.engines.builtin.handed.record import NOTHING, Handed
from itc_tui.engines.builtin.stand_ins.registry import stand_ins_for
from itc_tui.ports import Box, Steps

Refused = tuple[tuple[str, str], ...]
"""What is not used, and why."""


def hand_out(target: Target, exploration: Exploration, box: Box) -> Steps[tuple[Handed, Refused]]:
    if target.conventions.style == "unittest":
        return _for_unittest(target, exploration), ()
    fixtures, refused = yield from usable_fixtures(target, box)
    taken = {fixture.name for fixture in fixtures} | {
        what.split()[1] for what, _ in refused if what.startswith("fixture ")
    }
    # A stand-in of the same name would hide what the target's own tests mean by it.
    stand_ins = [one for one in stand_ins_for(target, exploration) if one.name not in taken]
    return Handed(fixtures, tuple(stand_ins)), refused


def _for_unittest(target: Target, exploration: Exploration) -> Handed:
    """A TestCase takes no fixtures; variables it can set by itself, from Python 3.11 on."""
    version = tuple(int(part) for part in re.findall(r"\d+", target.python_version)[:2])
    if version < (3, 11):
        return NOTHING
    every = stand_ins_for(target, exploration)
    return Handed((), tuple(one for one in every if not one.source))
