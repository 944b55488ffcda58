"""A plan is rehearsed before it is proved: only cases that the target's own pytest passes stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from itc_tui.domain.counting import counted
from itc_tui.domain.events import Noted
from itc_tui.domain.plain_text import beginning
from itc_tui.domain.plan import Case, LeftOut, Plan
from itc_tui.domain.requests import DraftCase, DraftFile
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.absent_fixture import asked_of_every_test, told
from itc_tui.engines.builtin.cache import Cache, Prepared
from itc_tui.engines.builtin.cache import find as find_prepared
from itc_tui.engines.builtin.drafting import draft_files
from itc_tui.engines.builtin.handed.record import Handed
from itc_tui.engines.builtin.rehearsal import RUNS, rehearse
from itc_tui.engines.builtin.scenarios import BROKEN
from itc_tui.engines.builtin.state_kept import with_state_kept
from itc_tui.engines.builtin.upsetting import best_without, upset_by
from itc_tui.engines.builtin.writing.naming import listed
from itc_tui.engines.builtin.writing.parts import Ready
from itc_tui.ports import Box, Steps

_MOST_ALONE = 12
_ROUNDS = 3


def rehearsed(target: Target, plan: Plan, box: Box, cache: Cache, handed: Handed) -> Steps[Plan]:
    """The plan without the cases whose tests the target's own pytest does not bear out."""
    known = cache.load()
    rows = [
        (scenario, case, ready)
        for scenario, case in plan.enabled_cases
        if (ready := find_prepared(known, case.input)) is not None
    ]
    broken = {case.id for _, case in plan.enabled_cases if case.assertion_type == BROKEN}
    stage = _Stage(target, box, handed, broken)
    yield from stage.rehearse(rows)
    if missing := asked_of_every_test(stage.dropped, stage.files):
        yield Noted(text=told(missing), level="error")
        return _without(plan, dict.fromkeys(stage.dropped, told(missing)))
    yield from stage.send_away_what_upsets_others()
    yield from stage.give_files_of_their_own()
    if stage.dropped:
        first, count = next(iter(stage.dropped.values())), counted(len(stage.dropped), "case")
        yield Noted(
            text=f"{count} left out, for pytest did not pass them: {first}", level="warning"
        )
    if stage.upsetting:
        yield Noted(
            text=f"{counted(len(stage.upsetting), 'case')} left out that made other cases fail",
            level="warning",
        )
    cache.save(stage.mended.values())
    return _without(_with_inputs(plan, stage.mended), stage.reasons)


class _Stage:
    """The tests as they are being tried: what is played, and what does not hold."""

    def __init__(self, target: Target, box: Box, handed: Handed, broken: Collection[str]) -> None:
        self._target, self._box, self._handed, self._broken = target, box, handed, broken
        self._rows: list[Ready] = []
        self.files: list[DraftFile] = []
        self.dropped: dict[str, str] = {}
        """Case → what pytest said of it first."""
        self.upsetting: dict[str, str] = {}
        """Cases that leave something behind, and which others fail for it."""
        self.mended: dict[str, Prepared] = {}
        """Cases that put back now what they left."""

    @property
    def reasons(self) -> dict[str, str]:
        """Why each case is left out."""
        failed = {
            name: f"does not hold under pytest: {beginning(why, 120)}"
            for name, why in self.dropped.items()
        }
        return failed | self.upsetting

    def rehearse(self, rows: Sequence[Ready]) -> Steps[None]:
        self._rows, self.files = list(rows), self._drafted(rows)
        self.dropped = yield from self._not_borne_out(self.files)

    def send_away_what_upsets_others(self) -> Steps[None]:
        """One case that leaves something behind may cost many that would hold without it."""
        for _ in range(_ROUNDS):
            cases = _cases_by_test(self.files)
            failing = [test for test, case in cases.items() if case.case_id in self.dropped]
            if not failing:
                return
            names = {case.id: case.name for _, case, _ in self._rows}
            upset = yield from upset_by(self._box, self.files, failing)
            gone = {
                cases[test].case_id: _upset_told([names[cases[one].case_id] for one in victims])
                for test, victims in best_without(upset).items()
                if victims
            }
            if not gone:
                return
            for _, case, ready in self._rows:
                kept = with_state_kept(ready, self._handed.keeper) if case.id in gone else None
                if kept is not None:
                    self.mended[case.id] = kept
                    gone.pop(case.id)
            self.upsetting |= gone
            yield from self.rehearse(
                [
                    (scenario, case, self.mended.get(case.id, ready))
                    for scenario, case, ready in self._rows
                    if case.id not in gone
                ]
            )

    def give_files_of_their_own(self) -> Steps[None]:
        """What failed only beside its like may hold without them: they share a state, or one of
        them imports what a whole pytest run does not let it import."""
        for apart in (_each_in_a_file, _first_of_each):
            emptied = _emptied(self.files, self.dropped)
            if not emptied:
                return
            tried = apart(self._rows, emptied, self._target, self._handed)
            refused = yield from self._not_borne_out(tried)
            saved = {case.case_id for file in tried for case in file.cases} - refused.keys()
            left = [row for row in self._rows if row[1].id not in self.dropped.keys() - saved]
            self.files = self._drafted(left)
            again = (yield from self._not_borne_out(self.files)) if saved else {}
            kept = {name: why for name, why in self.dropped.items() if name not in saved}
            self.dropped = kept | again

    def _drafted(self, rows: Sequence[Ready]) -> list[DraftFile]:
        return draft_files(rows, self._target, self._target.tests_dir, (), [], self._handed)

    def _not_borne_out(self, files: Sequence[DraftFile]) -> Steps[dict[str, str]]:
        """Cases that pytest did not pass in every run, and what it said first."""
        ended = yield from rehearse(self._box, files)
        dropped: dict[str, str] = {}
        for test, case in _cases_by_test(files).items():
            failures = ended.get(test, ())
            # A broken promise fails every time; that is what its test is there to show.
            if failures and not (case.case_id in self._broken and len(failures) == RUNS):
                dropped[case.case_id] = failures[0]
        return dropped


def _cases_by_test(files: Sequence[DraftFile]) -> dict[str, DraftCase]:
    return {f"{file.path}::{case.function}": case for file in files for case in file.cases}


def _upset_told(victims: Sequence[str]) -> str:
    return f"leaves something behind that upsets {listed(list(victims), 3)}"


def _emptied(files: Sequence[DraftFile], dropped: Collection[str]) -> list[list[str]]:
    """The cases of each file that would lose all of several."""
    cases = [[case.case_id for case in file.cases] for file in files]
    return [own for own in cases if len(own) > 1 and all(one in dropped for one in own)]


def _each_in_a_file(
    rows: Sequence[Ready], emptied: Sequence[Sequence[str]], target: Target, handed: Handed
) -> list[DraftFile]:
    """Each of their cases by itself, as far as there are not too many."""
    wanted = {name for own in emptied for name in own[:_MOST_ALONE]}
    files: list[DraftFile] = []
    for row in rows:
        if row[1].id in wanted:
            taken = [file.path for file in files]
            files += draft_files([row], target, target.tests_dir, taken, [], handed)
    return files


def _first_of_each(
    rows: Sequence[Ready], emptied: Sequence[Sequence[str]], target: Target, handed: Handed
) -> list[DraftFile]:
    first = [row for row in rows if row[1].id in {own[0] for own in emptied}]
    return draft_files(first, target, target.tests_dir, (), [], handed)


def _with_inputs(plan: Plan, mended: Mapping[str, Prepared]) -> Plan:
    def now(case: Case) -> Case:
        return case.but(input=mended[case.id].input) if case.id in mended else case

    scenarios = tuple(
        scenario.but(test_cases=tuple(map(now, scenario.test_cases)))
        for scenario in plan.integration_scenarios
    )
    return plan.but(integration_scenarios=scenarios)


def _without(plan: Plan, reasons: Mapping[str, str]) -> Plan:
    left_out = list(plan.left_out)
    scenarios = []
    for scenario in plan.integration_scenarios:
        kept = tuple(case for case in scenario.test_cases if case.id not in reasons)
        left_out.extend(
            LeftOut(what=case.name, why=reasons[case.id])
            for case in scenario.test_cases
            if case.id in reasons
        )
        if kept:
            scenarios.append(scenario.but(test_cases=kept))
    return plan.but(
        integration_scenarios=tuple(scenarios),
        execution_order=tuple(scenario.id for scenario in scenarios),
        left_out=tuple(left_out),
    )
