"""Makes cases of witnesses: those that belong together share one, as far as a reader can follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.joining import beside
from itc_tui.engines.builtin.kinship import (
    KIN,
    ONE_STAGE,
    Face,
    face_of,
    likeness,
    of_one_boundary,
    refuse_alike,
)
from itc_tui.engines.builtin.oracles.promised import Promise
from itc_tui.engines.builtin.room import Reach, reaching_most
from itc_tui.engines.builtin.witnesses import Edge, Line, Witness

MOST_STEPS = 18
_ACTS_AT_FIRST = 3
"""So many in a case while there is room for more cases."""
_MOST_ACTS = 6
_MOST_OF_KIN = 3
"""Where no object and no callable holds them together."""
_MOST_AT_A_DOOR = 3
_MOST_LETTERS = 1500


@dataclass(frozen=True)
class Group:
    """Witnesses that make one case together."""

    key: str
    members: tuple[Witness, ...]
    program: Program
    promise: Promise | None = None
    """What the case is there to say; None where it says what was observed."""

    @property
    def is_error(self) -> bool:
        return self.members[0].is_error

    @property
    def focuses(self) -> list[str]:
        return [member.focus for member in self.members]

    @property
    def is_refusal(self) -> bool:
        return self.members[0].is_refusal

    @property
    def is_door(self) -> bool:
        return bool(label_in(self.members[0].focus))

    @property
    def most_acts(self) -> int:
        return _MOST_AT_A_DOOR if self.is_door else _MOST_ACTS

    def crosses(self, sites: frozenset[Line]) -> bool:
        """A call between modules was seen, or a site of one was passed."""
        return any(member.crossing or member.passes(sites) for member in self.members)

    def is_set_up_across(self, sites: frozenset[Line]) -> bool:
        """A call between modules was seen, be it only while the stage was set."""
        return any(member.edges or member.lines & sites for member in self.members)

    @property
    def is_as_seen(self) -> bool:
        """Its one member was looked at as it stands here."""
        return len(self.members) == 1 and self.program == self.members[0].program

    @property
    def enters(self) -> bool:
        """The far side of a boundary was seen at work."""
        return any(member.crossing for member in self.members)

    @property
    def crossing(self) -> frozenset[Edge]:
        """Calls between modules that its members are about."""
        return frozenset(edge for member in self.members for edge in member.crossing)

    @property
    def reach(self) -> Reach:
        lines = (line for member in self.members for line in member.lines)
        return Reach(self.enters, frozenset(lines), self.crossing)

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """Of its members; the first says what the case is about."""
        return tuple(map(face_of, self.members))

    @property
    def module(self) -> str:
        return self.key.partition(":")[0]


def grouped(
    witnesses: Sequence[Witness],
    sites: frozenset[Line],
    most_cases: int,
    hosts: Sequence[Witness] = (),
) -> tuple[list[Group], list[Group]]:
    """Cases, and the groups that found no room.

    `hosts` are there for those that stay within a module, and are no cases by themselves.
    """
    order = {witness.ident: place for place, witness in enumerate([*witnesses, *hosts])}
    groups, inner = _taken_in(_each_with_its_like(witnesses), sites, hosts)
    waiting = list(groups)
    while len(groups) > most_cases:
        pair = _closest(waiting)
        if pair is None:
            break
        one, other, both = pair
        for row in (groups, waiting):
            row.remove(one)
            row.remove(other)
            row.append(both)
    groups.sort(key=lambda group: (not group.enters, min(order[m.ident] for m in group.members)))
    examples = [at for at, group in enumerate(groups) if group.members[0].is_given]
    first = examples[: max(1, most_cases // 2)]
    shown = reaching_most([group.reach for group in groups], most_cases, first)
    kept = [group for place, group in enumerate(groups) if place in shown]
    return kept, [group for place, group in enumerate(groups) if place not in shown] + inner


def homeless(witnesses: Sequence[Witness], sites: frozenset[Line]) -> list[Group]:
    """Those that stay within their module, where none of their like crosses it."""
    groups = _each_with_its_like(witnesses)
    crossing = [group for group in groups if group.crosses(sites)]
    inner = [group for group in groups if not group.crosses(sites)]
    return [group for group in inner if not _finds(group, crossing)]


def alone(witness: Witness) -> Group:
    return Group(_key(witness), (witness,), witness.program)


def _each_with_its_like(witnesses: Sequence[Witness]) -> list[Group]:
    rows: dict[str, list[Witness]] = defaultdict(list)
    for witness in witnesses:
        rows[_key(witness)].append(witness)
    return [group for key, members in rows.items() for group in _packed(key, members)]


def _taken_in(
    groups: list[Group], sites: frozenset[Line], hosts: Sequence[Witness]
) -> tuple[list[Group], list[Group]]:
    """Calls that stay within their module go where their like crosses it.

    First to a case of their like, then to a host. Where they find none, they stand alone if at
    least their setup crosses.
    """
    crossing = [group for group in groups if group.crosses(sites)]
    waiting = [alone(host) for host in hosts]
    left = []
    for group in groups:
        if group.crosses(sites):
            continue
        if not (_finds(group, crossing) or _is_hosted(group, waiting, crossing)):
            left.append(group)
    standing = [group for group in left if group.is_set_up_across(sites)]
    return crossing + standing, [group for group in left if group not in standing]


def _finds(group: Group, crossing: list[Group]) -> bool:
    """A place among these, by the side of those that are most like it."""
    near = [other for other in crossing if _is_near(group, other)]
    for other in _most_alike(group, sorted(near, key=lambda one: len(one.members))):
        joined = _joined(other, group)
        if joined is not None:
            crossing[crossing.index(other)] = joined
            return True
    return False


def _is_hosted(group: Group, waiting: list[Group], crossing: list[Group]) -> bool:
    for host in sorted(waiting, key=lambda one: -kinship(group, one)):
        both = _joined(host, group) if host.is_error == group.is_error else None
        if both is not None and kinship(group, host):
            waiting.remove(host)
            crossing.append(both)
            return True
    return False


def kinship(one: Group, other: Group) -> int:
    """How well they go together in a test that is about what the larger of them is about."""
    if len(one.members) < len(other.members):
        one, other = other, one
    near = likeness(one.faces[0], other.faces)
    is_even = len(one.members) == len(other.members)
    return max(near, likeness(other.faces[0], one.faces)) if is_even else near


def _is_near(group: Group, other: Group) -> bool:
    if other.is_error != group.is_error or other.key.startswith("given:"):
        return False
    files = {file for witness in group.members for file, _ in witness.lines}
    touched = {file for witness in other.members for file, _ in witness.lines}
    return bool(files & touched)


def _key(witness: Witness) -> str:
    if witness.is_given:
        return f"given:{witness.ident}"
    if label_in(witness.focus):
        return witness.focus + ("!" if witness.is_refusal or witness.is_error else "")
    module = witness.focus.partition(":")[0]
    return f"{module}:{face_of(witness).subject}" + ("!" if witness.is_error else "")


def _packed(key: str, members: Sequence[Witness]) -> list[Group]:
    """Other inputs of one callable stand together, and so does what is done to one object."""
    groups: list[Group] = []
    for member in members:
        own = Group(key, (member,), member.program)
        for group in _most_alike(own, groups, ONE_STAGE):
            joined = _joined(group, own, _ACTS_AT_FIRST)
            if joined is not None:
                groups[groups.index(group)] = joined
                break
        else:
            groups.append(own)
    return groups


def _most_alike(group: Group, others: Sequence[Group], least: int = KIN) -> list[Group]:
    near = [(kinship(group, other), other) for other in others]
    return [other for _, other in sorted((r for r in near if r[0] >= least), key=lambda r: -r[0])]


def _joined(one: Group, other: Group, most_acts: int = _MOST_ACTS) -> Group | None:
    faces = (*one.faces, *other.faces)
    if not of_one_boundary(faces) or (one.is_error and not refuse_alike(faces)):
        return None
    most = min(most_acts, one.most_acts, other.most_acts)
    if kinship(one, other) < ONE_STAGE:
        most = min(most, _MOST_OF_KIN)
    if len(one.members) + len(other.members) > most:
        return None
    if one.is_door != other.is_door or (one.is_door and one.is_refusal != other.is_refusal):
        return None
    # A block that stays open to the end of the program has to come last.
    if any(step.kind == "with" for step in one.program.steps):
        one, other = other, one
        if any(step.kind == "with" for step in one.program.steps):
            return None
    program = beside(one.program, other.program, one.is_door)
    if program is None or len(program.steps) > MOST_STEPS:
        return None
    if sum(len(step.text) for step in program.steps) > _MOST_LETTERS:
        return None
    return Group(one.key, one.members + other.members, program)


def _closest(groups: list[Group]) -> tuple[Group, Group, Group] | None:
    """The two smallest groups of one module, and of one temper, that fit into one case.

    Only of those that are about one callable or one object, the most alike first. Who fits
    with nobody is taken out, for with larger ones it will not fit either.
    """
    ordered = sorted(groups, key=lambda group: len(group.members))
    for one in ordered:
        if one.key.startswith("given:"):
            continue
        like = [
            other
            for other in sorted(groups, key=lambda group: len(group.members))
            if other is not one and other.is_error == one.is_error and other.module == one.module
        ]
        for other in _most_alike(one, like, ONE_STAGE):
            joined = _joined(other, one) if len(one.members) < len(other.members) else None
            joined = joined or _joined(one, other)
            if joined is not None:
                return one, other, joined
        groups.remove(one)
    return None
