"""Gathers what drafted tests may be handed: fixtures that work in the box, and stand-ins."""

from __future__ import annotations

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.handed.fixtures import usable_fixtures
from itc_tui.engines.builtin.handed.record import Handed
from itc_tui.engines.builtin.stand_ins.registry import stand_ins_for
from itc_tui.ports import Box, Steps

Refused = tuple[tuple[str, str], ...]
"""What is not used, and why."""


def hand_out(target: Target, exploration: Exploration, box: Box) -> Steps[tuple[Handed, Refused]]:
    fixtures, refused = yield from usable_fixtures(target, box)
    taken = {fixture.name for fixture in fixtures} | {
        what.split()[1] for what, _ in refused if what.startswith("fixture ")
    }
    # A stand-in of the same name would hide what the target's own tests mean by it.
    stand_ins = [one for one in stand_ins_for(target, exploration) if one.name not in taken]
    return Handed(fixtures, tuple(stand_ins)), refused
