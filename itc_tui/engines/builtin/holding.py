"""Cases of what holds: joined where that holds, side by side or alone where it does not."""

from __future__ import annotations

from collections.abc import Mapping

from itc_tui.engines.builtin.dead_ends import without_dead_ends
from itc_tui.engines.builtin.grouping import MOST_STEPS, Group
from itc_tui.engines.builtin.inside.given import STAND_IN
from itc_tui.engines.builtin.inside.independence import with_names_of_its_own
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.steadiness import observe_steadily
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.ports import Steps


def held_cases(laboratory: Laboratory, groups: list[Group]) -> Steps[list[tuple[Witness, Group]]]:
    """The joined programs, with what stays the same alone, in company, and in other orders."""
    named = {f"case {place}": group for place, group in enumerate(groups)}
    held = yield from _agreeing(laboratory, named)
    broken = [
        named[ident] for ident in named if ident not in held and len(named[ident].members) > 1
    ]
    # What does not hold together may hold side by side, each with objects of its own.
    beside = {
        f"beside {place}": both
        for place, group in enumerate(broken)
        if (both := separated(group)) is not None
    }
    keeps_state = any(_keeps_state(witness, laboratory) for witness in held.values())
    side_by_side = yield from _agreeing(laboratory, beside, keeps_state)
    # Or alone; the first member had most to show.
    alone = {
        f"single {place}": Group(group.key, (group.members[0],), group.members[0].program)
        for place, group in enumerate(broken)
        if f"beside {place}" not in side_by_side
    }
    apart = yield from _agreeing(laboratory, alone, keeps_state)
    every = {**named, **beside, **alone}
    whole = yield from without_dead_ends(laboratory, {**held, **side_by_side, **apart})
    return [(witness, every[ident]) for ident, witness in whole.items()]


def separated(group: Group) -> Group | None:
    """The same acts with nothing shared: what one does to an object, the next must not see.

    None where that makes a case too long, or names cannot be changed.
    """
    whole: Program | None = Program()
    for member in group.members:
        own = with_names_of_its_own(member.program, {})
        whole = whole.beside(own) if whole is not None and own is not None else None
    if whole is None or len(whole.steps) > MOST_STEPS:
        return None
    return Group(group.key, group.members, whole)


def _keeps_state(witness: Witness, laboratory: Laboratory) -> bool:
    """It was seen that some leave behind what others stumble over, and so it is put back."""
    name = laboratory.keeper.name if laboratory.keeper is not None else ""
    return any(step.kind == STAND_IN and step.var == name for step in witness.program.steps)


def _agreeing(
    laboratory: Laboratory, named: Mapping[str, Group], keeps_state: bool = False
) -> Steps[dict[str, Witness]]:
    return (
        yield from observe_steadily(
            laboratory,
            {i: g.program for i, g in named.items()},
            {i: g.key for i, g in named.items()},
            {i: g.members[0].but(ident=i, focus=g.key) for i, g in named.items() if g.is_as_seen},
            keeps_state,
        )
    )
