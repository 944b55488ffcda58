"""Develop: write the planned cases, let the gate and the proof sort them, freeze the inventory."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from itc_tui.domain.events import CaseRejected, FileWritten, Noted, PhaseStarted, WorkOutlined
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.gate.placing import misplaced_in
from itc_tui.domain.inventory import (
    Inventory,
    InventoryFile,
    Proof,
    UnwrittenCase,
    WrittenCase,
)
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.plan import Case, Plan
from itc_tui.domain.pruning import without_functions, without_idle_support
from itc_tui.domain.requests import (
    DevelopRequest,
    Draft,
    DraftCase,
    DraftFile,
    Issue,
    ValidateRequest,
)
from itc_tui.domain.session_id import timestamp
from itc_tui.domain.state import State
from itc_tui.domain.syntax_gate import issues_in
from itc_tui.domain.words import Provenance
from itc_tui.phases.notice import take_up_edits
from itc_tui.ports import PROOF_STEPS, ProofOrder, Steps, World, as_step

_SEEN = "observed when the test was written"


def develop(state: State, world: World) -> Steps[Inventory]:
    """Writes the files; they are committed, and the inventory frozen, by the step after."""
    yield PhaseStarted(number=4, name="develop")
    # A process that was killed here may have left files of an earlier try.
    yield from take_up_edits(world)
    world.repository.restore(world.repository.owned_paths())
    exploration = state.exploration or Exploration()
    yield WorkOutlined(steps=("drafting", "gate", *PROOF_STEPS))
    request = DevelopRequest(
        topic=state.module,
        exploration=exploration,
        plan=_unwritten_part(state),
        tests_dir=world.target.tests_dir,
        taken_paths=world.repository.owned_paths(),
        budget_s=world.limits.budget_s,
    )
    draft = yield from as_step("drafting", world.engine.develop(request))
    draft = _beside_what_is_there(draft, world)
    draft, found, fixed = yield from as_step("gate", _validated(draft, exploration, world))
    proofs = yield from world.prover.prove(
        ProofOrder(draft=draft, exploration=exploration, repeats=world.limits.repeats)
    )
    draft = without_idle_support((yield from _accepted(draft, proofs)))
    for file in draft.files:
        world.repository.write(file.path, file.text)
        yield FileWritten(path=file.path, cases=len(file.cases))
    inventory = _inventory(draft, proofs, state)
    return inventory.but(
        validation_found=found,
        validation_fixed=fixed,
        timestamp=timestamp(world.clock.now()),
        unwritten=_all_unwritten(draft, state.test_design or Plan(), inventory),
    )


def with_what_was_observed(state: State, inventory: Inventory) -> Plan:
    """The plan says of each test that is new where its expectation comes from, and what it is."""
    plan = state.test_design or Plan()
    known = {case.case_id for case in (state.test_inventory or Inventory()).cases}
    written = {case.case_id: case for case in inventory.cases if case.case_id not in known}
    return plan.but(
        integration_scenarios=tuple(
            scenario.but(
                test_cases=tuple(
                    _as_written(case, written.get(case.id)) for case in scenario.test_cases
                )
            )
            for scenario in plan.integration_scenarios
        )
    )


def _as_written(case: Case, written: WrittenCase | None) -> Case:
    if written is None or not (case.provenance is Provenance.PENDING or written.expected):
        return case
    evidence = _SEEN if written.provenance is Provenance.OBSERVED else case.evidence
    expected = written.expected or case.expected
    return case.but(expected=expected, provenance=written.provenance, evidence=evidence)


def _unwritten_part(state: State) -> Plan:
    """What is written stays as it is; a session that is extended develops only what is new."""
    plan = state.test_design or Plan()
    written = {case.case_id for case in (state.test_inventory or Inventory()).cases}
    scenarios = (
        scenario.but(
            test_cases=tuple(case for case in scenario.test_cases if case.id not in written)
        )
        for scenario in plan.integration_scenarios
    )
    return plan.but(integration_scenarios=tuple(one for one in scenarios if one.test_cases))


def _beside_what_is_there(draft: Draft, world: World) -> Draft:
    """No file that is there is written over; ours takes the next free name."""
    files = []
    for file in draft.files:
        path, number = file.path, 2
        while world.repository.read(path) is not None:
            path, number = _numbered(file.path, number), number + 1
        files.append(file.but(path=path))
    return draft.but(files=tuple(files))


def _numbered(path: str, number: int) -> str:
    """`test_x.py` → `test_x_2.py`, `x_test.py` → `x_2_test.py`: pytest still collects it."""
    stem, _, suffix = path.rpartition(".")
    if stem.endswith("_test"):
        return f"{stem.removesuffix('_test')}_{number}_test.{suffix}"
    return f"{stem}_{number}.{suffix}"


def _validated(
    draft: Draft, exploration: Exploration, world: World
) -> Steps[tuple[Draft, int, int]]:
    """The gate's findings go back to the engine once; what is still wrong is left out."""
    known = world.library.known_names()
    issues = _issues(draft, known, world)
    if not issues:
        return draft, 0, 0
    mended = yield from world.engine.validate(
        ValidateRequest(draft=draft, issues=issues, exploration=exploration)
    )
    left = _issues(mended, known, world)
    world.store.write_trace("validation-fixes.log", _validation_log(issues, left))
    reasons: dict[tuple[str, str], str] = {}
    for issue in left:
        yield Noted(text=f"{issue.path}:{issue.line} {issue.message}", level="warning")
        reasons.setdefault((issue.path, issue.function), issue.message)
    return _without(mended, reasons), len(issues), len(issues) - len(left)


def _issues(draft: Draft, known: KnownNames, world: World) -> tuple[Issue, ...]:
    return (*misplaced_in(draft, world.target.tests_dir), *issues_in(draft, known))


def _accepted(draft: Draft, proofs: tuple[Proof, ...]) -> Steps[Draft]:
    rejected = {proof.case_id: proof.rejected_because for proof in proofs}
    reasons: dict[tuple[str, str], str] = {}
    for file in draft.files:
        for case in file.cases:
            if reason := rejected.get(case.case_id, "it was not proven"):
                reasons[file.path, case.function] = reason
                yield CaseRejected(case_id=case.case_id, name=case.function, reason=reason)
    return _without(draft, reasons)


def _without(draft: Draft, reasons: dict[tuple[str, str], str]) -> Draft:
    """The draft without these functions; an empty function name means the whole file."""
    files: list[DraftFile] = []
    unwritten = list(draft.unwritten)
    for file in draft.files:
        whole = reasons.get((file.path, ""))
        gone = [case for case in file.cases if whole or (file.path, case.function) in reasons]
        unwritten += [
            UnwrittenCase(
                case_id=case.case_id,
                scenario_id=case.scenario_id,
                name=case.function,
                reason=whole or reasons[file.path, case.function],
            )
            for case in gone
        ]
        kept = tuple(case for case in file.cases if case not in gone)
        if not whole and (kept or not file.cases):
            text = without_functions(file.text, {case.function for case in gone})
            files.append(file.but(cases=kept, text=text))
    return draft.but(files=tuple(files), unwritten=tuple(unwritten))


def _now_that_it_is_written(planned: Provenance) -> Provenance:
    """What nobody had stated or promised was taken from what the code did."""
    return Provenance.OBSERVED if planned is Provenance.PENDING else planned


def _observed_anew(case: DraftCase, planned: str) -> str:
    is_observed = _now_that_it_is_written(case.provenance) is Provenance.OBSERVED
    return case.expected if is_observed and case.expected.strip() != planned.strip() else ""


def _inventory(draft: Draft, proofs: tuple[Proof, ...], state: State) -> Inventory:
    """The written cases; a session that is extended keeps those it had."""
    earlier = state.test_inventory
    planned = {case.id: case.expected for _, case in (state.test_design or Plan()).enabled_cases}
    new = Inventory(
        test_files=tuple(
            InventoryFile(
                path=file.path,
                scenario_ids=file.scenario_ids,
                test_count=len(file.cases),
                boundary=file.boundary,
                digest=hashlib.sha256(file.text.encode()).hexdigest(),
            )
            for file in draft.files
            if file.cases
        ),
        cases=tuple(
            WrittenCase(
                case_id=case.case_id,
                scenario_id=case.scenario_id,
                node_id=f"{file.path}::{case.function}",
                boundary=case.boundary or file.boundary,
                criticality=case.criticality,
                provenance=_now_that_it_is_written(case.provenance),
                expected=_observed_anew(case, planned.get(case.case_id, "")),
            )
            for file in draft.files
            for case in file.cases
        ),
        proofs=proofs,
        notes=draft.notes,
    )
    if earlier is not None:
        paths = {file.path for file in new.test_files}
        ids = {case.case_id for case in new.cases}
        new = new.but(
            test_files=(*(f for f in earlier.test_files if f.path not in paths), *new.test_files),
            cases=(*(c for c in earlier.cases if c.case_id not in ids), *new.cases),
            proofs=(*(p for p in earlier.proofs if p.case_id not in ids), *new.proofs),
            notes=(*earlier.notes, *new.notes),
        )
    return new.but(total_tests=len(new.cases), total_files=len(new.test_files))


def _all_unwritten(draft: Draft, plan: Plan, inventory: Inventory) -> tuple[UnwrittenCase, ...]:
    """Every planned case is either written, or named here with its reason."""
    written = {case.case_id for case in inventory.cases}
    named = {one.case_id: one for one in draft.unwritten if one.case_id not in written}
    for scenario, case in plan.enabled_cases:
        if case.id not in written and case.id not in named:
            named[case.id] = UnwrittenCase(
                case_id=case.id,
                scenario_id=scenario.id,
                name=case.name,
                reason="the engine wrote no test for it and gave no reason",
            )
    return tuple(named.values())


def _validation_log(found: Sequence[Issue], left: Sequence[Issue]) -> str:
    still = {(one.path, one.function, one.rule) for one in left}
    lines = [
        f"{'left ' if (one.path, one.function, one.rule) in still else 'fixed'} "
        f"{one.path}:{one.line} {one.function} [{one.rule}] {one.message}"
        for one in found
    ]
    return "\n".join(lines) + "\n"
