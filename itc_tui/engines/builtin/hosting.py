"""Finds hosts: calls across a boundary that take in those which stay within their module.

A package of one large module crosses few boundaries, and what its classes do would go unshown. A
call that crosses was left aside where it showed nothing new; it may hold what has no place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from itc_tui.engines.builtin.grouping import Group, alone, homeless, kinship
from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.selection import asks_in_private
from itc_tui.engines.builtin.witnesses import Line, Witness

_LONGEST = 400
_MOST_GUESTS = 3


def hosts_for(
    looked: Sequence[Witness], picked: Sequence[Witness], sites: frozenset[Line], most: int
) -> list[Witness]:
    """One for each group of those that were picked and have no home, as far as there is room.

    What was not picked comes first; one that crosses well may be host again.
    """
    taken = {witness.ident for witness in picked}
    able = [alone(one) for one in looked if _can_host(one)]
    guests: Counter[str] = Counter()
    found: list[Witness] = []
    for group in homeless(picked, sites):
        likely = [
            (guests[host.members[0].ident], host.members[0].ident in taken, host)
            for host in able
            if host.is_error == group.is_error and kinship(group, host)
        ]
        free = [row for row in likely if row[0] < _MOST_GUESTS]
        if free and len(found) < most:
            *_, best = min(free, key=lambda row: (*row[:2], -kinship(group, row[2]), _size(row[2])))
            guests[best.members[0].ident] += 1
            found.append(best.members[0])
    return found


def room_for_hosts(room: int, in_use: int) -> int:
    """What is free; a quarter of all in any case, before cases that were never seen to cross."""
    return max(room - in_use, room // 4)


def _size(host: Group) -> int:
    return host.members[0].size


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
