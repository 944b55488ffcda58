"""Finds hosts: calls across a boundary that take in those which stay within their module.

A package of one large module crosses few boundaries, and what its classes do would go unshown. A
call that crosses was left aside where it showed nothing new; it may hold what has no place.
"""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.engines.builtin.grouping import alone, homeless, kinship
from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.selection import asks_in_private
from itc_tui.engines.builtin.witnesses import Line, Witness

_LONGEST = 400


def hosts_for(
    looked: Sequence[Witness], picked: Sequence[Witness], sites: frozenset[Line], most: int
) -> list[Witness]:
    """One for each group of those that were picked and have no home, as far as there is room."""
    taken = {witness.ident for witness in picked}
    free = [alone(one) for one in looked if one.ident not in taken and _can_host(one)]
    found: list[Witness] = []
    for group in homeless(picked, sites):
        if len(found) >= most:
            break
        likely = [one for one in free if one.is_error == group.is_error and kinship(group, one)]
        if likely:
            best = min(likely, key=lambda one: (-kinship(group, one), one.members[0].size))
            free.remove(best)
            found.append(best.members[0])
    return found


def _can_host(witness: Witness) -> bool:
    """It crosses by itself, and what it asserts can fail."""
    says_a_value = any(claim.is_whole and not claim.is_weak for claim in witness.last_claims)
    return (
        bool(witness.crossing)
        and (says_a_value or witness.is_error)
        and not (witness.is_given or witness.misfits or label_in(witness.focus))
        and witness.size <= _LONGEST
        and not asks_in_private(witness)
    )
