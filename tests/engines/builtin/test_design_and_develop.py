"""From a package to a plan, and from the plan, as a person left it, to tests that hold."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.exploration import CallSite, Exploration, IntegrationPoint
from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.requests import DesignRequest, DevelopRequest, Draft
from itc_tui.domain.target import Target
from itc_tui.domain.words import Provenance
from itc_tui.engines.builtin.design import design
from itc_tui.engines.builtin.develop import develop
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget
from tests.engines.builtin.truth import untrue

OpenBox = Callable[[Target], ScratchBox]

LINES = """
    from dataclasses import dataclass

    @dataclass
    class Line:
        item: str
        count: int

        def total(self, price: int) -> int:
            if price < 0:
                raise ValueError("a price is not negative")
            return price * self.count
    """
STORE = '''
    from shop.lines import Line

    def dump_line(line: Line) -> str:
        return f"{line.item},{line.count}"

    def load_line(text: str) -> Line:
        """Read what `dump_line` wrote."""
        item, _, count = text.partition(",")
        return Line(item, %s)
    '''
BILL = '''
    from shop.lines import Line
    from shop.store import load_line

    def bill(item: str, count: int, price: int) -> int:
        """What so many pieces cost."""
        return Line(item, count).total(price)

    def names(texts: list[str]) -> list[str]:
        return [load_line(text).item for text in texts]
    '''
EXPLORATION = Exploration(
    integration_points=tuple(
        IntegrationPoint(
            from_module=f"shop.{caller}",
            to_module=f"shop.{callee}",
            sites=(CallSite(file=f"shop/{caller}.py", line=line),),
        )
        for caller, callee, line in (
            ("bill", "lines", 7),
            ("bill", "store", 10),
            ("store", "lines", 10),
        )
    )
)


def shop(make_target: MakeTarget, count: str = "int(count or 0)") -> Target:
    return make_target(
        **{"shop/lines.py": LINES, "shop/store.py": STORE % count, "shop/bill.py": BILL}
    )


def designed(target: Target, box: ScratchBox, cache: Path) -> Plan:
    request = DesignRequest(topic="shop", exploration=EXPLORATION, budget_s=3, max_tests=10)
    plan, _ = drained(design(target, request, box, cache))
    return plan


def developed(target: Target, plan: Plan, box: ScratchBox, cache: Path) -> Draft:
    request = DevelopRequest(
        topic="shop", exploration=EXPLORATION, plan=plan, tests_dir="tests/integration"
    )
    draft, _ = drained(develop(target, request, box, cache))
    return draft


def outcomes(target: Target, draft: Draft) -> str:
    for file in draft.files:
        path = Path(target.root) / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    done = subprocess.run(
        [target.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/integration"],
        cwd=target.root,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_a_sound_package_gets_tests_that_pass_and_cross_its_boundaries(
    make_target: MakeTarget, open_box: OpenBox, tmp_path: Path
) -> None:
    target = shop(make_target)
    box = open_box(target)
    plan = designed(target, box, tmp_path / "cache")
    draft = developed(target, plan, box, tmp_path / "cache")

    known = {point.name for point in EXPLORATION.integration_points}
    assert {scenario.boundary for scenario in plan.integration_scenarios} <= known
    assert 1 <= len(plan.enabled_cases) <= 10
    assert all(case.expected for _, case in plan.enabled_cases)
    assert draft.unwritten == ()
    assert [lie for file in draft.files for lie in untrue(file.text)] == []
    output = outcomes(target, draft)
    assert "failed" not in output
    assert f"{len(plan.enabled_cases)} passed" in output
    assert not (Path(target.root) / "shop" / "__pycache__" / "itc").exists()


@pytest.mark.slow
def test_a_field_that_is_not_what_it_is_declared_to_be_turns_a_test_red(
    make_target: MakeTarget, open_box: OpenBox, tmp_path: Path
) -> None:
    target = shop(make_target, "count")
    box = open_box(target)
    plan = designed(target, box, tmp_path / "cache")
    draft = developed(target, plan, box, tmp_path / "cache")

    promised = [c for _, c in plan.enabled_cases if c.assertion_type == "broken promise"]
    assert promised, [(c.name, c.assertion_type, c.evidence) for _, c in plan.enabled_cases]
    assert all(case.provenance is Provenance.CONTRACT for case in promised)
    output = outcomes(target, draft)
    assert "type(line.count) is int" in output
    assert f"{len(promised)} failed" in output


def test_what_a_person_wrote_into_the_plan_is_what_is_tested(
    make_target: MakeTarget, open_box: OpenBox, tmp_path: Path
) -> None:
    target = shop(make_target)
    box = open_box(target)
    cases = (
        Case(name="two cups", input="bill('tea', 2, 3)", expected="6"),
        Case(name="by name", input="line = load_line('tea,2')", expected="line.item == 'tea'"),
        Case(
            name="no gifts",
            input="bill('tea', 1, -1)",
            expected="raises ValueError: a price is not negative",
        ),
        Case(name="a wish", input="bill('tea', 2, 3)", expected="7"),
        Case(name="to be seen", input="names(['tea,1', 'milk,2'])"),
        Case(name="unknown", input="brew('tea')", expected="1"),
        Case(name="prose", input="buy some tea", expected="1"),
    )
    scenario = Scenario(name="bills", boundary="shop.bill → shop.lines", test_cases=cases)
    plan = Plan(integration_scenarios=(scenario,)).with_ids()
    draft = developed(target, plan, box, tmp_path / "cache")

    written = {case.case_id: case.provenance for file in draft.files for case in file.cases}
    assert written == {
        "IS-001-1": Provenance.APPROVED,
        "IS-001-2": Provenance.APPROVED,
        "IS-001-3": Provenance.APPROVED,
        "IS-001-4": Provenance.APPROVED,
        "IS-001-5": Provenance.OBSERVED,
    }
    reasons = {case.case_id: case.reason for case in draft.unwritten}
    assert "brew" in reasons["IS-001-6"]
    assert "not Python" in reasons["IS-001-7"]
    output = outcomes(target, draft)
    assert "1 failed, 4 passed" in output
    assert "test_a_wish" in output

    (seen,) = [case for file in draft.files for case in file.cases if case.case_id == "IS-001-5"]
    assert "['tea', 'milk']" in seen.expected
    for provenance, words in (
        (Provenance.OBSERVED, "(as observed, nowhere promised)"),
        (Provenance.APPROVED, "(as observed, and approved in the plan by a person)"),
    ):
        case = cases[4].but(id="IS-001-5", expected=seen.expected, provenance=provenance)
        plan = Plan(integration_scenarios=(scenario.but(id="IS-001", test_cases=(case,)),))
        (file,) = developed(target, plan, box, tmp_path / "cache").files
        assert file.cases[0].provenance is provenance
        assert words in " ".join(file.text.split())


def test_a_test_says_that_a_person_stated_what_it_expects(
    make_target: MakeTarget, open_box: OpenBox, tmp_path: Path
) -> None:
    target = shop(make_target)
    case = Case(name="two cups", input="bill('tea', 2, 3)", expected="6")
    scenario = Scenario(name="bills", boundary="shop.bill → shop.lines", test_cases=(case,))
    plan = Plan(integration_scenarios=(scenario,)).with_ids()
    (file,) = developed(target, plan, open_box(target), tmp_path / "cache").files
    assert "Success criteria: 6 (as stated in the plan by a person)" in file.text


def test_a_draft_keeps_off_the_persons_files(
    make_target: MakeTarget, open_box: OpenBox, tmp_path: Path
) -> None:
    target = shop(make_target)
    scenario = Scenario(
        boundary="shop.bill → shop.lines",
        test_cases=(Case(name="two", input="bill('tea', 2, 3)", expected="6"),),
    )
    taken = "tests/integration/test_shop_bill_integration.py"
    request = DevelopRequest(
        topic="shop",
        exploration=EXPLORATION,
        plan=Plan(integration_scenarios=(scenario,)).with_ids(),
        tests_dir="tests/integration",
        taken_paths=(taken,),
    )
    draft, _ = drained(develop(target, request, open_box(target), tmp_path / "cache"))
    (file,) = draft.files
    assert file.path != taken
    function = ast.parse(file.text).body[-1]
    assert isinstance(function, ast.FunctionDef)
    assert function.name == file.cases[0].function == "test_two"


@pytest.mark.parametrize("damage", ["", "{", '{"x": {"input": 1}}'])
def test_a_damaged_cache_is_an_empty_one(tmp_path: Path, damage: str) -> None:
    from itc_tui.engines.builtin.cache import Cache

    (tmp_path / "witnesses.json").write_text(damage)
    assert Cache(tmp_path).load() == {}


def test_of_cases_that_share_a_state_one_is_kept(
    make_target: MakeTarget, open_box: OpenBox, tmp_path: Path
) -> None:
    text = """
        from shop.lines import Line

        kept = []

        def keep(item: str, count: int) -> list[int]:
            kept.append(Line(item, 2 if count > 5 else 3).total(4))
            if item:
                kept.append(1)
            return list(kept)
        """
    target = make_target(**{"shop/lines.py": LINES, "shop/bill.py": text})
    plan = designed(target, open_box(target), tmp_path)
    assert plan.enabled_cases
