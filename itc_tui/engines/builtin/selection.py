"""Chooses, out of everything that was found, the witnesses that show most for what they cost."""

from __future__ import annotations

import ast
import builtins
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

from itc_tui.domain.gate.tidiness import names_machine_paths
from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.leading import leading
from itc_tui.engines.builtin.plainness import strangeness
from itc_tui.engines.builtin.witnesses import Arc, Edge, Line, Witness

_SITE_WORTH = 5.0
_EDGE_WORTH = 3.0
_ARC_WORTH = 0.5
_PROMISE_WORTH = 1.5
_DOOR_WORTH = 2.0
"""What is seen from outside says more than the same lines reached by a call."""
_TESTED_WORTH = 0.4
_MISFIT_WORTH = 0.3
"""A number where a text is asked for says little of what the code is there to do."""
_ODD_WORTH = 0.6
"""So does a text that nobody would write, where a plain one leads as far."""
_LEADING_SHARE = 12
"""Examples are half of a suite at most, of which six times as much is chosen."""
_PUBLIC_ALL_THE_SAME = frozenset({"_replace", "_asdict", "_fields", "_make"})
"""Of named tuples, whose plain names are for the fields."""
_VARIANTS_EACH, _MOST_VARIANTS_EACH = 6, 15
"""Of one callable; more where there are few callables for the room that there is."""
_SAME_WAY = 2
_SAME_WAY_ANYWHERE = 3
"""A method that ten classes inherit is one method."""


def chosen(
    witnesses: Sequence[Witness],
    sites: frozenset[Line],
    most: int,
    is_asked_for: Callable[[str], bool] = lambda _file: True,
    tested: Collection[Edge] = (),
    words: Collection[str] = (),
    telling: Collection[str] = (),
) -> list[Witness]:
    """What documents show; a greedy cover of call sites, edges and lines; then variants that pin
    behaviour down.

    What existing tests do already (`tested`) comes after what none of them does. `words` are
    texts that mean something to the target, `telling` the examples whose document says what comes
    of them.
    """
    left = [one for one in witnesses if _is_worth_asserting(one) and _may_be_shown(one)]
    odd = {w.ident for w in left if not w.is_given and strangeness(w.program, words)[0]}
    seen = _Seen(sites, is_asked_for, tested, odd)
    room = most // _LEADING_SHARE
    shown = leading(left, sites, room, seen.is_widened_by, seen.add, telling)
    picked = list(shown)
    left = [one for one in left if one not in picked]
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
    if _answers_for_itself(witness):
        return False
    claims = [claim for step in witness.claims for claim in step if not claim.is_weak]
    return bool(claims or witness.files or witness.out)


def _answers_for_itself(witness: Witness) -> bool:
    """Its act runs nothing of the target: it calls what it handed over itself, and gets that back.

    Where nothing of the target is ever seen to run, that says nothing.
    """
    act = witness.program.steps[-1].code.strip()
    if witness.act_lines is None or witness.act_lines or witness.crossing or not witness.lines:
        return False
    try:
        node = ast.parse(act, mode="eval").body
    except SyntaxError:
        return False
    hands_over = any("lambda" in step.code for step in witness.program.steps)
    return (
        hands_over and isinstance(node, ast.Call) and not hasattr(builtins, ast.unparse(node.func))
    )


def _may_be_shown(witness: Witness) -> bool:
    """Nothing in it that the gate turns away; with it, all the others of its file would go."""
    texts = [step.code for step in witness.program.steps]
    texts += [claim.right for step in witness.claims for claim in step]
    return not asks_in_private(witness) and not any(map(names_machine_paths, texts))


def asks_in_private(witness: Witness) -> bool:
    """It names what its owner keeps to himself, as an example in a docstring may."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.endswith("__")
        and node.attr not in _PUBLIC_ALL_THE_SAME
        for step in witness.program.steps
        for node in _nodes(step)
    )


def _nodes(step: Step) -> Iterator[ast.AST]:
    try:
        yield from ast.walk(ast.parse(step.code.strip()))
    except SyntaxError:
        return


class _Seen:
    """What the witnesses picked so far reach."""

    def __init__(
        self,
        sites: frozenset[Line],
        is_asked_for: Callable[[str], bool],
        tested: Collection[Edge] = (),
        odd: Collection[str] = (),
    ) -> None:
        self._sites, self._is_asked_for, self._tested = sites, is_asked_for, tested
        self._odd = odd
        self._lines: set[Line] = set()
        self._arcs: set[Arc] = set()
        self._edges: set[Edge] = set()
        self._refusals: set[tuple[str, str]] = set()

    def add(self, witness: Witness) -> None:
        self._refusals.add(_refusal_of(witness))
        self._lines |= witness.lines
        self._arcs |= witness.arcs
        self._edges |= witness.edges

    def asks_for(self, witness: Witness) -> bool:
        return any(self._is_asked_for(file) for file in {file for file, _, _ in witness.arcs})

    def is_odd(self, witness: Witness) -> bool:
        return witness.ident in self._odd

    def is_widened_by(self, witness: Witness) -> bool:
        return self.asks_for(witness) and self.gain(witness) > 0

    def gain(self, witness: Witness) -> float:
        new = {line for line in witness.lines - self._lines if self._is_asked_for(line[0])}
        gain = len(new) + _SITE_WORTH * len(new & self._sites)
        edges = witness.edges - self._edges
        if not edges and witness.is_error and _refusal_of(witness) in self._refusals:
            return 0.0  # the very same words once more
        asked = (self._is_asked_for(edge[0]) or self._is_asked_for(edge[2]) for edge in edges)
        gain += _EDGE_WORTH * sum(asked)
        arcs = witness.arcs - self._arcs
        gain += _ARC_WORTH * sum(self._is_asked_for(file) for file, _, _ in arcs)
        if not gain:
            return 0.0
        weight = 1.6 if witness.is_given else _DOOR_WORTH if label_in(witness.focus) else 1.0
        weight *= _PROMISE_WORTH if any(step.source for step in witness.program.steps) else 1.0
        weight *= 1.0 if witness.is_telling else 0.5
        weight *= 1.0 if witness.crossing or witness.passes(self._sites) else 0.35
        weight *= _MISFIT_WORTH if witness.misfits else 1.0
        weight *= _ODD_WORTH if witness.ident in self._odd else 1.0
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
    alike: Counter[frozenset[Arc]] = Counter()
    count: Counter[str] = Counter()
    for witness in picked:
        shown[witness.focus].add(_mark(witness))
        paths[(witness.focus, witness.arcs)] += 1
        alike[witness.arcs] += 1
    found: list[Witness] = []
    share = room // max(1, len({witness.focus for witness in left}))
    most_each = min(max(_VARIANTS_EACH, share), _MOST_VARIANTS_EACH)
    for witness in sorted(left, key=lambda w: (seen.is_odd(w), w.size, w.ident)):
        if len(found) >= room:
            break
        mark = _mark(witness)
        has_value = bool(witness.last_claims) and witness.last_claims[0].is_whole
        if (
            witness.misfits
            or witness.is_given
            or mark in shown[witness.focus]
            or not (has_value or witness.is_error)
        ):
            continue
        if count[witness.focus] >= most_each or not seen.asks_for(witness):
            continue
        goes_the_same_way = paths[(witness.focus, witness.arcs)] >= _SAME_WAY
        if goes_the_same_way or alike[witness.arcs] >= _SAME_WAY_ANYWHERE:
            continue  # a reader learns nothing from a third value that goes the same way
        paths[(witness.focus, witness.arcs)] += 1
        alike[witness.arcs] += 1
        shown[witness.focus].add(mark)
        count[witness.focus] += 1
        found.append(witness)
    return found


def _refusal_of(witness: Witness) -> tuple[str, str]:
    error = witness.raised[max(witness.raised)] if witness.is_error else None
    return witness.focus, f"{error.name} {error.message}" if error else ""


def _mark(witness: Witness) -> str:
    if witness.is_error:
        error = witness.raised[max(witness.raised)]
        # Another number in it is no other refusal.
        return f"{error.name} {re.sub('[0-9]+', '0', error.message[:12])}"
    return "; ".join(claim.right for claim in witness.last_claims)
