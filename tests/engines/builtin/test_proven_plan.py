"""What the gate objects to is not even proved, and stands in no plan."""

from __future__ import annotations

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.inventory import Proof
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.requests import Draft, DraftCase, DraftFile
from itc_tui.engines.builtin.proven_plan import only_provable
from itc_tui.ports import ProofOrder, Steps
from tests.draining import finished

TEXT = """def test_good():
    assert sum([1]) == 1


def test_idle():
    sum([1])
"""


class BelievingProver:
    def __init__(self) -> None:
        self.files: tuple[DraftFile, ...] = ()

    def prove(self, order: ProofOrder) -> Steps[tuple[Proof, ...]]:
        yield from ()
        self.files = order.draft.files
        cases = [case for file in self.files for case in file.cases]
        return tuple(Proof(case_id=case.case_id, faults_caught=1) for case in cases)


class BareLibrary:
    def known_names(self) -> KnownNames:
        return KnownNames()


def test_the_function_of_a_case_that_the_gate_refuses_is_not_run() -> None:
    prover = BelievingProver()
    plan = planned(TEXT, prover)
    assert [file.text for file in prover.files] == [TEXT.partition("\n\n\n")[0] + "\n"]
    assert [case.name for _, case in plan.enabled_cases] == ["test_good"]
    assert [left.what for left in plan.left_out] == ["a → b: test_idle"]


def test_a_file_that_is_no_python_is_not_proved() -> None:
    prover = BelievingProver()
    assert planned("def test_good(:\n", prover).enabled_cases == ()
    assert prover.files == ()


def planned(text: str, prover: BelievingProver) -> Plan:
    names = ("test_good", "test_idle")
    cases = tuple(Case(id=name, name=name) for name in names)
    plan = Plan(integration_scenarios=(Scenario(id="IS-001", boundary="a → b", test_cases=cases),))
    drafted = tuple(DraftCase(case_id=n, scenario_id="IS-001", function=n) for n in names)
    draft = Draft(files=(DraftFile(path="tests/test_a.py", text=text, cases=drafted),))
    steps = only_provable(plan, draft, Exploration(), prover, BareLibrary())
    return finished(steps).plan
