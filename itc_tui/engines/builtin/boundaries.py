"""Which boundary a witness crosses, and how much that boundary matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from itc_tui.domain.exploration import CALLERS, Exploration, IntegrationPoint
from itc_tui.domain.target import Target
from itc_tui.domain.words import Level, PointKind, Priority, ScenarioKind
from itc_tui.engines.builtin.evidence.gather import module_of
from itc_tui.engines.builtin.inside.given import STAND_IN
from itc_tui.engines.builtin.leading import is_in_readme
from itc_tui.engines.builtin.witnesses import Edge, Line, Witness

Pair = tuple[str, str]
_FEW_LINES = 4
"""Of a far side of which less was executed, an assertion can hardly tell anything."""
_MOSTLY_CROSSED = 0.7
"""Of the lines of a module that were reached, what calls across a boundary reach, at least."""
_WORTH_A_FACE = 10
"""Lines that no such call reaches."""
_ENOUGH_SHOWN = 2
"""Examples of the README that reach a module by no such call."""

_KINDS = {
    PointKind.EVENT: ScenarioKind.EVENT_FLOW,
    PointKind.SHARED_STATE: ScenarioKind.SHARED_STATE,
    PointKind.DATABASE: ScenarioKind.DATA_PIPELINE,
    PointKind.FILE: ScenarioKind.DATA_PIPELINE,
}


class Boundaries:
    def __init__(self, target: Target, exploration: Exploration) -> None:
        self._target = target
        self._every = exploration.integration_points
        self._points = {
            (point.from_module, point.to_module): point
            for point in exploration.integration_points
            if not point.is_outer
        }
        self._fan_in = Counter(point.to_module for point in self._points.values())
        self._risks = {area.area: area for area in exploration.risk_areas}
        self._modules: dict[str, str | None] = {}
        self._chosen = exploration.metadata.chosen_modules

    @property
    def pairs(self) -> Set[Pair]:
        """Of modules of the target, caller and callee."""
        return self._points.keys()

    @property
    def sites(self) -> frozenset[Line]:
        return frozenset(
            (site.file, site.line)
            for point in self._points.values()
            if not point.is_face
            for site in point.sites
        )

    def module(self, file: str) -> str:
        if file not in self._modules:
            self._modules[file] = module_of(self._target, file)
        return self._modules[file] or file

    def open_faces(self, witnesses: Sequence[Witness]) -> dict[str, str]:
        """Modules of which calls across a boundary do not reach much that works, by their files.

        Their callers are a boundary of theirs from now on. Some modules are there for who uses
        the package, and not for one another; and the source may promise calls that nobody can
        make: what it falls back on, and plug-ins of what is not installed. What the README shows
        of a module is for its callers, too.
        """
        crossing = {line for one in witnesses if self._points_of(one) for line in one.lines}
        reached = {line for one in witnesses for line in one.lines}
        asked = Counter(
            _mostly_in(one)
            for one in witnesses
            if is_in_readme(one) and one.is_telling and not self._points_of(one)
        )
        whole = Counter(file for file, _ in reached)
        alone = Counter(file for file, _ in reached - crossing)
        opened = {
            file: self.module(file)
            for file in sorted(alone)
            if (
                alone[file] >= max(_WORTH_A_FACE, (1 - _MOSTLY_CROSSED) * whole[file])
                or asked[file] >= _ENOUGH_SHOWN
            )
            and self._is_ours(self.module(file))
        }
        for module in opened.values():
            point = IntegrationPoint(from_module=CALLERS, to_module=module, is_face=True)
            self._points[CALLERS, module] = point
        return opened

    def _points_of(self, witness: Witness) -> Set[Pair]:
        return self.entered(witness).keys() & self._points.keys()

    def _is_ours(self, module: str) -> bool:
        return not self._chosen or self.is_chosen(module)

    def crossed(self, witness: Witness) -> Counter[Pair]:
        """Boundaries that the witness crosses, with how many different calls cross them."""
        pairs = self.entered(witness)
        for pair, point in self._points.items():
            if point.is_face:
                continue  # its sites are where the callees are, and not where they are called
            if pair not in pairs and any((s.file, s.line) in witness.lines for s in point.sites):
                pairs[pair] += 1
        return pairs

    def entered(self, witness: Witness) -> Counter[Pair]:
        """Of the boundaries that it crosses, those whose far side was seen at work."""
        return self._pairs(witness.edges)

    def _pairs(self, edges: Iterable[Edge]) -> Counter[Pair]:
        return Counter(
            (self.module(caller_file), self.module(callee_file))
            for caller_file, _, callee_file, _ in edges
        )

    def best(
        self,
        witness: Witness,
        module: str,
        taken: Counter[Pair],
        about: Iterable[Edge] = (),
    ) -> Pair | None:
        """The boundary that this witness says most about; rarely shown ones come first.

        `about`: the calls that it is there to show, where those are known.
        """
        crossed, entered = self.crossed(witness), self.entered(witness)
        wanted = {pair for pair in crossed if self.is_asked_for(pair)}
        wanted = {pair for pair in wanted if pair[0] != CALLERS or pair in self._points}
        if not wanted:
            return None

        reached = Counter(self.module(file) for file, _ in witness.lines)
        shown = self._pairs(about)

        def rank(pair: Pair) -> tuple[float, ...]:
            is_unknown = bool(self._points) and pair not in self._points
            is_thin = reached[pair[1]] < _FEW_LINES
            # What a case is about, its assertions can tell; a boundary that only its setup crosses
            # is the matter of another case.
            is_far = module not in pair
            is_open = pair[0] == CALLERS  # between two modules there is more to integrate
            told = (pair not in entered, is_unknown, bool(shown) and pair not in shown, is_open)
            return (*told, is_far, is_thin, taken[pair], -crossed[pair])

        return min(sorted(wanted), key=rank)

    def outer(self, witness: Witness) -> Pair | None:
        """The outer edge that a witness reaches by a stand-in, where it crosses nothing else.

        A clock by another clock: what stands in for it is all that was called.
        """
        if not any(step.kind == STAND_IN for step in witness.program.steps):
            return None
        points = [
            (point.from_module, point.to_module)
            for point in self._every
            if point.is_outer
            and point.to_module != "clock"
            and any((site.file, site.line) in witness.lines for site in point.sites)
        ]
        return min(points) if points else None

    def nearest(self, module: str) -> Pair | None:
        """A boundary of this module for a case that stays within it: its outer edge first."""
        points = [
            (not point.is_outer, point.from_module != module, point.from_module, point.to_module)
            for point in self._every
            if module in (point.from_module, point.to_module)
        ]
        return min(points)[2:] if points else None

    def is_asked_for(self, pair: Pair) -> bool:
        """On the map that was drawn for the topic, or at one of its modules."""
        return pair in self._points or not self._chosen or any(map(self.is_chosen, pair))

    def is_chosen(self, module: str) -> bool:
        return any(module == name or module.startswith(name + ".") for name in self._chosen)

    def is_chosen_file(self, file: str) -> bool:
        return not self._chosen or self.is_chosen(self.module(file))

    def callees(self, witness: Witness, pair: Pair) -> list[str]:
        """What is called across the boundary, by last name."""
        names = [
            callee.replace("<locals>.", "")
            for caller_file, _, callee_file, callee in sorted(witness.edges)
            if (self.module(caller_file), self.module(callee_file)) == pair
        ]
        return list(dict.fromkeys(name.removesuffix(".__init__") for name in names))

    def callers_of(self, module: str, names: Iterable[str]) -> list[str]:
        """Who calls these names of a module, in the whole source; dotted."""
        wanted = {f"{module}.{name}" for name in names}
        callers = [
            site.caller or point.from_module
            for (_, to_module), point in self._points.items()
            if to_module == module and not point.is_face
            for site in point.sites
            if site.callee in wanted
        ]
        return list(dict.fromkeys(callers))

    def point(self, pair: Pair) -> IntegrationPoint | None:
        return self._points.get(pair)

    def is_face(self, pair: Pair) -> bool:
        """Between the target and those who call it, and not between two of its modules."""
        return pair[0] == CALLERS

    def scenario_kind(self, pair: Pair) -> ScenarioKind:
        point = self.point(pair)
        return (
            _KINDS.get(point.kind, ScenarioKind.API_CONTRACT)
            if point
            else (ScenarioKind.API_CONTRACT)
        )

    def score(self, pair: Pair) -> float:
        point = self.point(pair)
        sites = len(point.sites) if point else 1
        risk = max((self._level(name) for name in pair), default=0.0)
        return sites + 2.0 * self._fan_in[pair[1]] + risk

    def priority(self, pair: Pair, every: Iterable[Pair]) -> Priority:
        """The top sixth is critical, the next third high."""
        if self.is_face(pair):
            return Priority.HIGH  # there are no others that it could be more important than
        ranked = sorted(set(every), key=lambda other: -self.score(other))
        place = ranked.index(pair) / max(1, len(ranked))
        if place < 1 / 6:
            return Priority.CRITICAL
        return Priority.HIGH if place < 1 / 2 else Priority.MEDIUM

    def unshown(self, shown: Iterable[Pair]) -> list[IntegrationPoint]:
        have = set(shown)
        return [point for pair, point in sorted(self._points.items()) if pair not in have]

    def _level(self, module: str) -> float:
        worth = {Level.HIGH: 12.0, Level.MEDIUM: 5.0, Level.LOW: 1.0}
        return max(
            (worth[area.priority] for name, area in self._risks.items() if name == module),
            default=0.0,
        )


def _mostly_in(witness: Witness) -> str:
    """The file of which it runs most."""
    counts = Counter(file for file, _ in witness.lines)
    return max(sorted(counts), key=counts.__getitem__, default="")
