"""The built-in engine: reads the code, observes it in the box, writes tests, repairs them."""

from __future__ import annotations

from pathlib import Path

from itc_tui.domain.events import Noted, WorkOutlined
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.iterations import Judgement
from itc_tui.domain.plan import Plan
from itc_tui.domain.requests import (
    AnalyseRequest,
    DesignRequest,
    DevelopRequest,
    Draft,
    ExploreRequest,
    Fix,
    FixRequest,
    ValidateRequest,
)
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.analyse import analyse
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.cache import Cache
from itc_tui.engines.builtin.design import STEPS, design
from itc_tui.engines.builtin.develop import develop
from itc_tui.engines.builtin.explore import explore
from itc_tui.engines.builtin.fix import fix
from itc_tui.engines.builtin.judging.seen_before import SeenBefore
from itc_tui.engines.builtin.proven_plan import Proven, only_provable
from itc_tui.engines.builtin.revising import joined, modules_named, narrowed, wants_more
from itc_tui.engines.builtin.second_place import elsewhere, taken_back
from itc_tui.engines.builtin.sizes import suite_size, trimmed, with_spares
from itc_tui.engines.builtin.writing.scenario_names import named
from itc_tui.ports import PROOF_STEPS, Box, Library, Prover, Steps

_MORE = 8
"""At least so many cases are looked for when a suite is to be extended."""


class BuiltinEngine:
    """No model and no network; always there, and always last in the chain."""

    name = "builtin"

    def __init__(
        self, target: Target, box: Box, prover: Prover, library: Library, cache_dir: Path
    ) -> None:
        self._target, self._box, self._cache_dir = target, box, cache_dir
        self._prover, self._library = prover, library
        self._before = SeenBefore()

    def explore(self, request: ExploreRequest) -> Steps[Exploration]:
        return explore(self._target, request, self._cache_dir)

    def design(self, request: DesignRequest) -> Steps[Plan]:
        """A fresh plan, or an earlier one changed as the person wished."""
        earlier, wish = request.earlier, request.feedback
        if earlier is None or not wish:
            return (yield from self._planned(request))
        if wants_more(wish):
            most = len(earlier.enabled_cases) + max(len(earlier.enabled_cases) // 2, _MORE)
            fresh = yield from self._planned(request.but(max_tests=most))
            return joined(earlier, fresh)
        modules = request.exploration.module_structure.internal_modules
        named, without = modules_named(wish, modules)
        if named:
            return narrowed(earlier, named, without=without)
        yield Noted(
            text="The built-in engine looks for names of modules in a wish, and found none; "
            "edit the plan itself for anything else.",
            level="warning",
        )
        return earlier

    def _planned(self, request: DesignRequest) -> Steps[Plan]:
        most = suite_size(self._target, request)
        request = request.but(max_tests=with_spares(most))
        yield WorkOutlined(steps=(*STEPS, *PROOF_STEPS))
        boundaries, cache = Boundaries(self._target, request.exploration), Cache(self._cache_dir)
        plan = trimmed((yield from self._found(request, boundaries, cache, most)), most)
        return named(plan, cache.load(), boundaries)

    def _found(
        self, request: DesignRequest, boundaries: Boundaries, cache: Cache, most: int
    ) -> Steps[Plan]:
        """What was proved, at the boundary that it was planned for or at its next one."""
        plan = (yield from design(self._target, request, self._box, self._cache_dir)).with_ids()
        proven = yield from self._proved(plan, request)
        room = with_spares(most) - len(proven.plan.enabled_cases)
        if not proven.idle or room <= 0:
            return proven.plan
        second, retold = elsewhere(plan, proven.idle, cache.load(), boundaries, 2 * room)
        if not retold:
            return proven.plan
        cache.save(retold)
        again = yield from self._proved(second, request)
        return taken_back(proven.plan, again.plan)

    def _proved(self, plan: Plan, request: DesignRequest) -> Steps[Proven]:
        draft = yield from self.develop(
            DevelopRequest(
                topic=request.topic,
                exploration=request.exploration,
                plan=plan,
                tests_dir=self._target.tests_dir,
            )
        )
        return (
            yield from only_provable(plan, draft, request.exploration, self._prover, self._library)
        )

    def develop(self, request: DevelopRequest) -> Steps[Draft]:
        return develop(self._target, request, self._box, self._cache_dir)

    def validate(self, request: ValidateRequest) -> Steps[Draft]:
        """What the gate objects to was written by rule: it is left out rather than patched."""
        yield from ()
        return request.draft

    def analyse(self, request: AnalyseRequest) -> Steps[Judgement]:
        return analyse(self._target, request, self._box, self._before)

    def fix(self, request: FixRequest) -> Steps[Fix]:
        return fix(self._target, request, self._box)
