"""Chooses, out of everything that was found, the witnesses that show most for what they cost."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.oracles.promised import Promise
from itc_tui.engines.builtin.witnesses import Arc, Edge, Line, Witness
from itc_tui.engines.builtin.writing.naming import renamed

_SITE_WORTH = 5.0
_EDGE_WORTH = 3.0
_ARC_WORTH = 0.5
_PROMISE_WORTH = 1.5
_DOOR_WORTH = 2.0
"""What is seen from outside says more than the same lines reached by a call."""
_ACTS_AT_FIRST = 3
"""So many in a case while there is room for more cases."""
_TESTED_WORTH = 0.4
_MOST_ACTS = 7
_MOST_AT_A_DOOR = 3
_STAGE = re.compile(r"v_(?:runner|client|app|path)_\d+$")
_MOST_STEPS = 18
_MOST_LETTERS = 1500
_VARIANTS_EACH = 6
_SAME_WAY = 2


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
        return any(member.edges or member.lines & sites for member in self.members)

    @property
    def enters(self) -> bool:
        """The far side of a boundary was seen at work."""
        return any(member.edges for member in self.members)

    @property
    def module(self) -> str:
        return self.key.partition(":")[0]


def chosen(
    witnesses: Sequence[Witness],
    sites: frozenset[Line],
    most: int,
    is_asked_for: Callable[[str], bool] = lambda _file: True,
    tested: Collection[Edge] = (),
) -> list[Witness]:
    """Greedy cover of call sites, edges and lines; then variants that pin behaviour down.

    What existing tests do already (`tested`) comes after what none of them does.
    """
    left = [witness for witness in witnesses if _is_worth_asserting(witness)]
    seen = _Seen(sites, is_asked_for, tested)
    picked: list[Witness] = []
    gains = {w.ident: seen.gain(w) for w in left}
    while left and len(picked) < most:
        left.sort(key=lambda w: -gains[w.ident])
        best = left[0]
        fresh = seen.gain(best)
        # Lazy greedy: a gain can only shrink, so the first that keeps its place is the best.
        while len(left) > 1 and fresh < gains[left[1].ident]:
            gains[best.ident] = fresh
            left.sort(key=lambda w: -gains[w.ident])
            best = left[0]
            fresh = seen.gain(best)
        if fresh <= 0:
            break
        picked.append(left.pop(0))
        seen.add(best)
    picked.extend(_variants(left, picked, most - len(picked), seen))
    return picked


def _is_worth_asserting(witness: Witness) -> bool:
    if witness.is_error:
        error = witness.raised[max(witness.raised)]
        is_end = error.name == "SystemExit"
        return is_end or (bool(error.message) and (error.by_target or error.own))
    claims = [claim for step in witness.claims for claim in step if not claim.is_weak]
    return bool(claims or witness.files or witness.out)


class _Seen:
    """What the witnesses picked so far reach."""

    def __init__(
        self,
        sites: frozenset[Line],
        is_asked_for: Callable[[str], bool],
        tested: Collection[Edge] = (),
    ) -> None:
        self._sites, self._is_asked_for, self._tested = sites, is_asked_for, tested
        self._lines: set[Line] = set()
        self._arcs: set[Arc] = set()
        self._edges: set[Edge] = set()

    def add(self, witness: Witness) -> None:
        self._lines |= witness.lines
        self._arcs |= witness.arcs
        self._edges |= witness.edges

    def asks_for(self, witness: Witness) -> bool:
        return any(self._is_asked_for(file) for file in {file for file, _, _ in witness.arcs})

    def gain(self, witness: Witness) -> float:
        new = {line for line in witness.lines - self._lines if self._is_asked_for(line[0])}
        gain = len(new) + _SITE_WORTH * len(new & self._sites)
        edges = witness.edges - self._edges
        asked = (self._is_asked_for(edge[0]) or self._is_asked_for(edge[2]) for edge in edges)
        gain += _EDGE_WORTH * sum(asked)
        arcs = witness.arcs - self._arcs
        gain += _ARC_WORTH * sum(self._is_asked_for(file) for file, _, _ in arcs)
        if not gain:
            return 0.0
        weight = 1.6 if witness.is_given else _DOOR_WORTH if label_in(witness.focus) else 1.0
        weight *= _PROMISE_WORTH if any(step.source for step in witness.program.steps) else 1.0
        weight *= 1.0 if witness.is_telling else 0.5
        weight *= 1.0 if witness.edges or witness.lines & self._sites else 0.35
        if witness.edges and all(edge in self._tested for edge in witness.edges):
            weight *= _TESTED_WORTH
        cost = 1 + 0.1 * len(witness.program.steps) + witness.size / 300
        return gain * weight / cost


def _variants(
    left: Sequence[Witness], picked: Sequence[Witness], room: int, seen: _Seen
) -> list[Witness]:
    """More inputs, and calls whose code others reached already: other outcomes, shortest first."""
    shown: dict[str, set[str]] = defaultdict(set)
    paths: Counter[tuple[str, frozenset[Arc]]] = Counter()
    count: Counter[str] = Counter()
    for witness in picked:
        shown[witness.focus].add(_mark(witness))
        paths[(witness.focus, witness.arcs)] += 1
    found: list[Witness] = []
    for witness in sorted(left, key=lambda w: (w.size, w.ident)):
        if len(found) >= room:
            break
        mark = _mark(witness)
        has_value = bool(witness.last_claims) and witness.last_claims[0].is_whole
        if witness.is_given or mark in shown[witness.focus] or not (has_value or witness.is_error):
            continue
        if count[witness.focus] >= _VARIANTS_EACH or not seen.asks_for(witness):
            continue
        if paths[(witness.focus, witness.arcs)] >= _SAME_WAY:
            continue  # a reader learns nothing from a third value that goes the same way
        paths[(witness.focus, witness.arcs)] += 1
        shown[witness.focus].add(mark)
        count[witness.focus] += 1
        found.append(witness)
    return found


def _mark(witness: Witness) -> str:
    if witness.is_error:
        error = witness.raised[max(witness.raised)]
        return f"{error.name} {error.message[:12]}"
    return "; ".join(claim.right for claim in witness.last_claims)


def grouped(
    witnesses: Sequence[Witness], sites: frozenset[Line], most_cases: int
) -> tuple[list[Group], list[Group]]:
    """Cases, and the groups that found no room."""
    groups: list[Group] = []
    order = {witness.ident: place for place, witness in enumerate(witnesses)}
    for key, members in _by_key(witnesses).items():
        groups.extend(_packed(key, members))
    groups, inner = _taken_in(groups, sites)
    while len(groups) > most_cases:
        pair = _closest(groups)
        if pair is None:
            break
        one, other, both = pair
        groups.remove(one)
        groups.remove(other)
        groups.append(both)
    groups.sort(key=lambda group: (not group.enters, min(order[m.ident] for m in group.members)))
    return groups[:most_cases], groups[most_cases:] + inner


def _taken_in(groups: list[Group], sites: frozenset[Line]) -> tuple[list[Group], list[Group]]:
    """Calls that stay within their module go where that module is crossed; the rest is returned."""
    crossing = [group for group in groups if group.crosses(sites)]
    left = []
    for group in groups:
        if group.crosses(sites):
            continue
        places = [p for p, other in enumerate(crossing) if _is_near(group, other)]
        for place in sorted(places, key=lambda p: len(crossing[p].members)):
            joined = _joined(crossing[place], group)
            if joined is not None:
                crossing[place] = joined
                break
        else:
            left.append(group)
    return crossing, left


def _is_near(group: Group, other: Group) -> bool:
    if other.is_error != group.is_error or other.key.startswith("given:"):
        return False
    files = {file for witness in group.members for file, _ in witness.lines}
    touched = {file for witness in other.members for file, _ in witness.lines}
    return bool(files & touched)


def _by_key(witnesses: Sequence[Witness]) -> dict[str, list[Witness]]:
    rows: dict[str, list[Witness]] = defaultdict(list)
    for witness in witnesses:
        rows[_key(witness)].append(witness)
    return rows


def _key(witness: Witness) -> str:
    if witness.is_given:
        return f"given:{witness.ident}"
    if label_in(witness.focus):
        return witness.focus + ("!" if witness.is_refusal or witness.is_error else "")
    module, _, qualname = witness.focus.partition(":")
    top = qualname.split(".")[0]
    return f"{module}:{top}" + ("!" if witness.is_error else "")


def _packed(key: str, members: Sequence[Witness]) -> list[Group]:
    groups: list[Group] = []
    for member in members:
        for place, group in enumerate(groups):
            joined = _joined(group, Group(key, (member,), member.program), _ACTS_AT_FIRST)
            if joined is not None:
                groups[place] = joined
                break
        else:
            groups.append(Group(key, (member,), member.program))
    return groups


def _joined(one: Group, other: Group, most_acts: int = _MOST_ACTS) -> Group | None:
    if len(one.members) + len(other.members) > min(most_acts, one.most_acts, other.most_acts):
        return None
    if one.is_door != other.is_door or (one.is_door and one.is_refusal != other.is_refusal):
        return None
    # A block that stays open to the end of the program has to come last.
    if any(step.kind == "with" for step in one.program.steps):
        one, other = other, one
        if any(step.kind == "with" for step in one.program.steps):
            return None
    program = _beside(one.program, other.program, one.is_door)
    if program is None or len(program.steps) > _MOST_STEPS:
        return None
    if sum(len(step.text) for step in program.steps) > _MOST_LETTERS:
        return None
    return Group(one.key, one.members + other.members, program)


def _beside(one: Program, other: Program, is_door: bool) -> Program | None:
    """Both programs; what the second makes just as the first did is made once.

    At a door the same words may do something else the second time, so only the stage is shared.
    """
    have = {
        (step.code, step.kind): step.var
        for step in one.steps
        if step.var and (not is_door or _STAGE.match(step.var))
    }
    names: dict[str, str] = {}
    steps = []
    for step in other.steps:
        code = renamed(step.code, names)
        twin = have.get((code, step.kind))
        # Two that it made alike stay two: `a == b` must not become `a == a`.
        is_free = twin not in names.values()
        if twin and is_free and step.var.startswith("v_") and twin.startswith("v_"):
            names[step.var] = twin
            continue
        steps.append(step._replace(code=code))
    return one.beside(other._replace(steps=tuple(steps)))


def _closest(groups: list[Group]) -> tuple[Group, Group, Group] | None:
    """The two smallest groups of one module, and of one temper, that fit into one case."""
    ordered = sorted(groups, key=lambda group: len(group.members))
    for one in ordered:
        if one.key.startswith("given:"):
            continue
        for other in ordered:
            if other is one or other.is_error != one.is_error or other.module != one.module:
                continue
            joined = _joined(one, other)
            if joined is not None:
                return one, other, joined
    return None
