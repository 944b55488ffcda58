"""An engine that says what a test told it to say, by the rules of the port."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

from itc_tui.domain.events import Progressed
from itc_tui.domain.exploration import (
    Exploration,
    ExplorationMetadata,
    IntegrationPoint,
    ModuleStructure,
)
from itc_tui.domain.iterations import Judgement
from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.requests import (
    AnalyseRequest,
    CorrectedExpectation,
    DesignRequest,
    DevelopRequest,
    Draft,
    DraftCase,
    DraftFile,
    ExploreRequest,
    FileEdit,
    Fix,
    FixRequest,
    ValidateRequest,
)
from itc_tui.domain.words import Level, Provenance, Verdict
from itc_tui.ports import Steps

Change = Callable[[str], str]
"""The text of the file with the first tackled failure → the text after the fix."""


class ScriptedEngine:
    """Develops the given files; each iteration has its fix in a list."""

    name = "scripted"

    def __init__(
        self,
        files: Mapping[str, str],
        fixes: Sequence[Change | None] = (),
        *,
        verdicts: Mapping[str, Verdict] | None = None,
        levels: Mapping[str, Level] | None = None,
        endless_fix: Change | None = None,
        corrections: Sequence[str] = (),
        chosen: Sequence[str] = ("shop",),
        unwritten: Sequence[str] = (),
        extension: Mapping[str, str] | None = None,
        planned: Provenance = Provenance.CONTRACT,
        seen: Mapping[str, str] | None = None,
    ) -> None:
        """`seen`: what is observed for the tests that the plan leaves open."""
        self.planned, self.seen = planned, dict(seen or {})
        self.extension = dict(extension or {})
        self.files = dict(files)
        self.fixes = list(fixes)
        self.verdicts = dict(verdicts or {})
        self.levels = dict(levels or {})
        self.endless_fix = endless_fix
        self.chosen = tuple(chosen)
        self.unwritten = tuple(unwritten)

    def explore(self, request: ExploreRequest) -> Steps[Exploration]:
        yield Progressed(what="reading", done=1, total=1)
        return Exploration(
            module_structure=ModuleStructure(internal_modules=("shop.cart", "shop.store")),
            integration_points=(IntegrationPoint(from_module="shop.cart", to_module="shop.store"),),
            metadata=ExplorationMetadata(
                files_analyzed=2, chosen_modules=request.modules or self.chosen
            ),
        )

    def design(self, request: DesignRequest) -> Steps[Plan]:
        yield Progressed(what="designing", done=1, total=1)
        files = self.files | (self.extension if request.feedback.startswith("extend") else {})
        scenarios = [
            Scenario(
                id=f"IS-{number:03d}",
                name=path,
                boundary="shop.cart → shop.store",
                test_cases=tuple(
                    Case(
                        name=name,
                        criticality=self.levels.get(name, Level.MEDIUM),
                        provenance=self.planned,
                    )
                    for name in _tests_in(text)
                ),
            )
            for number, (path, text) in enumerate(files.items(), start=1)
        ]
        if self.unwritten:
            missing = tuple(Case(name=name) for name in self.unwritten)
            scenarios.append(Scenario(id="IS-900", name="not writable", test_cases=missing))
        return Plan(integration_scenarios=tuple(scenarios))

    def develop(self, request: DevelopRequest) -> Steps[Draft]:
        yield Progressed(what="writing", done=1, total=1)
        files = []
        by_name = {scenario.name: scenario for scenario in request.plan.integration_scenarios}
        for path, text in (self.files | self.extension).items():
            if path not in by_name:
                continue
            scenario = by_name[path]
            cases = tuple(
                DraftCase(
                    case_id=case.id,
                    scenario_id=scenario.id,
                    function=case.name,
                    boundary=scenario.boundary,
                    criticality=case.criticality,
                    provenance=case.provenance,
                    expected=self.seen.get(case.name, ""),
                )
                for case in scenario.test_cases
            )
            files.append(DraftFile(path=path, text=text, scenario_ids=(scenario.id,), cases=cases))
        return Draft(files=tuple(files))

    def validate(self, request: ValidateRequest) -> Steps[Draft]:
        yield Progressed(what="validating", done=1, total=1)
        return request.draft

    def analyse(self, request: AnalyseRequest) -> Steps[Judgement]:
        yield Progressed(what="analysing", done=1, total=1)
        name = request.failure.test.rsplit("::", 1)[-1]
        return Judgement(
            verdict=self.verdicts.get(name, Verdict.WRONG_TEST),
            root_cause=f"{name}: {request.failure.error}",
            assumed="the test was right",
            reality="it was not",
            learned=f"{name} needs another expectation",
            confidence=0.9,
        )

    def fix(self, request: FixRequest) -> Steps[Fix]:
        yield Progressed(what="fixing", done=1, total=1)
        # By what the session has tried, not by a counter of ours: a killed session goes on.
        turn = len(request.earlier_fixes)
        change = self.fixes[turn] if turn < len(self.fixes) else self.endless_fix
        if change is None or not request.failures:
            return Fix(explanation="there is no other idea")
        path = request.failures[0].test.split("::", 1)[0]
        before = request.sources[path]
        if change(before) == before:
            return Fix(explanation="nothing is left to change")
        return Fix(
            edits=(FileEdit(path=path, before=before, after=change(before)),),
            explanation=f"change {path}",
            affected_tests=tuple(failure.test for failure in request.failures),
            confidence=0.8,
            corrections=tuple(_corrections(before, change(before))),
        )


def _corrections(before: str, after: str) -> Iterator[CorrectedExpectation]:
    """Every expected value that the change replaces, with evidence, as the rules want it."""
    old, new = _expected_in(before), _expected_in(after)
    for function, value in old.items():
        if function in new and new[function] != value:
            yield CorrectedExpectation(
                function=function,
                old=value,
                new=new[function],
                evidence="the docstring of shop.cart.total",
                provenance=Provenance.CONTRACT,
            )


def _expected_in(text: str) -> dict[str, str]:
    return {
        function.name: ast.unparse(node.comparators[0])
        for function in ast.parse(text).body
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Compare)
    }


def _tests_in(text: str) -> list[str]:
    return [
        node.name
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
