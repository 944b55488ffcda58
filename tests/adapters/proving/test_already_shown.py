"""Faults that a case caught are not put a second time, unless the case or the code changed."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.adapters.proving.already_shown import AlreadyShown, texts_of
from itc_tui.adapters.proving.findings import Evidence
from itc_tui.adapters.proving.prover import BoxProver
from itc_tui.domain.exploration import Exploration, IntegrationPoint
from itc_tui.domain.inventory import Proof
from itc_tui.domain.requests import Draft, DraftCase, DraftFile
from itc_tui.domain.target import Target
from itc_tui.ports import BoxOrder, BoxReport, ProofOrder
from tests.draining import finished

FIRST = "def test_first():\n    assert half(4) == 2\n"
SECOND = "def test_second():\n    assert half(8) == 4\n    assert quarter(8) == 2\n"


class ListeningBox:
    """A real box; notes which cases faults were put behind."""

    def __init__(self, box: ScratchBox) -> None:
        self._box = box
        self.tree, self.hands, self.run = box.tree, box.hands, box.run
        self.put: list[list[str]] = []

    def close(self) -> None:
        self._box.close()

    def run_all(
        self, orders: Sequence[BoxOrder]
    ) -> Generator[tuple[int, dict[str, Any]], None, tuple[BoxReport, ...]]:
        cases = [c for order in orders for c in order.payload.get("cases", ())]
        if cases:
            waiting = [c["node_id"] for c in cases if not c["is_shown"]]
            self.put.append([name.partition("::")[2] for name in waiting])
        return (yield from self._box.run_all(orders))


def test_what_was_shown_is_not_shown_again(tmp_path: Path) -> None:
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "parts.py").write_text("def part(n, of):\n    return n // of\n")
    (package / "sums.py").write_text(
        "from shop.parts import part\n\n\ndef half(n):\n    return part(n, 2)\n\n\n"
        "def quarter(n):\n    return part(n, 4)\n"
    )
    target = Target(root=str(tmp_path), python=sys.executable, packages=("shop",))
    with ScratchBox(target) as real:
        box = ListeningBox(real)
        prover = BoxProver(box, target)
        first = proofs_of(prover, drafted(FIRST, SECOND))
        again = proofs_of(prover, drafted(SECOND), repeats=3)
        assert box.put == [["test_first", "test_second"], []]
        assert again["test_second"] == first["test_second"].but(repeats_held=3)
        assert again["test_second"].faults_caught == 1
        proofs_of(prover, drafted(SECOND.replace("8) == 4", "6) == 3")))
        assert box.put[2:] == [["test_second"]]


def test_a_proof_is_of_the_code_as_it_is_now(tmp_path: Path) -> None:
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").touch()
    sums = "def half(n):\n    return n // {}\n"
    (package / "sums.py").write_text(sums.format(2))
    target = Target(root=str(tmp_path), python=sys.executable, packages=("shop",))
    with ScratchBox(target) as box:
        prover = BoxProver(box, target)
        before = proofs_of(prover, drafted(FIRST))["test_first"]
        (package / "sums.py").write_text(sums.format(3))
        after = proofs_of(prover, drafted(FIRST))["test_first"]
    assert "fails" not in before.rejected_because
    assert "fails as it stands: assert 1 == 2" in after.rejected_because


def test_a_case_stays_the_same_when_others_leave_its_file() -> None:
    (both, alone) = (texts_of(drafted(*texts)) for texts in ((FIRST, SECOND), (SECOND,)))
    assert both["test_second"] == alone["test_second"]


def test_what_only_others_lean_on_is_none_of_a_case() -> None:
    """A helper goes with the last case that uses it; the others are what they were."""
    helper = "LIMIT = 3\n\ndef helper():\n    return LIMIT\n"
    other = "def test_first():\n    assert half(helper()) == 1\n"
    fixture = "@pytest.fixture(autouse=True)\ndef quiet():\n    yield\n"
    alone = texts_of(drafted(SECOND))["test_second"]
    file = drafted(other, SECOND)
    both = texts_of(file.but(text=f"{file.text}\n\n{helper}"))
    assert both["test_second"] == alone
    assert "LIMIT" in both["test_first"]
    file = drafted(SECOND)
    assert texts_of(file.but(text=f"{file.text}\n\n{fixture}"))["test_second"] != alone


def test_a_case_is_another_when_what_it_leans_on_is() -> None:
    plain = drafted(SECOND)
    one = texts_of(plain)["test_second"]
    elsewhere = plain.but(text=plain.text.replace("shop.sums", "shop.other"))
    fixture = plain.but(text=plain.text + "\n\nquarter = half\n")
    assert len({one, *(texts_of(f)["test_second"] for f in (elsewhere, fixture))}) == 3


@pytest.mark.parametrize(
    ("counts", "is_settled"),
    [
        ({"tried": 1, "caught": 1}, True),
        ({"tried": 9, "caught": 1, "ran_out_of_time": True}, True),
        ({"tried": 3, "crashed": 3}, True),
        ({"tried": 3, "crashed": 3, "ran_out_of_time": True}, False),
        ({"tried": 3, "crashed": 2, "survived": 1}, False),
        ({}, False),
    ],
)
def test_only_what_more_faults_could_not_change_is_settled(
    counts: dict[str, Any], is_settled: bool
) -> None:
    already, case = AlreadyShown(), drafted(FIRST).cases[0]
    already.settle([Evidence(case, "n", None, **counts)], {"n": "key"}, faults=1)
    assert already.holds("key", 1) is is_settled
    again = Evidence(case, "n", None)
    already.settle([again], {"n": "key"}, faults=1)
    assert (again.tried, again.caught, again.crashed) == (
        (counts["tried"], counts.get("caught", 0), counts.get("crashed", 0))
        if is_settled
        else (0, 0, 0)
    )


def drafted(*functions: str) -> DraftFile:
    names = [text.partition("(")[0].removeprefix("def ") for text in functions]
    used = [name for name in ("half", "quarter") if any(f"{name}(" in one for one in functions)]
    head = f'"""Cases: {len(names)}."""\n\nfrom shop.sums import {", ".join(used)}\n\n\n'
    return DraftFile(
        path="tests/test_sums.py",
        text=head + "\n\n".join(functions),
        cases=tuple(
            DraftCase(
                case_id=name,
                scenario_id="IS-001",
                function=name,
                boundary="shop.sums → shop.parts",
            )
            for name in names
        ),
    )


def proofs_of(prover: BoxProver, file: DraftFile, repeats: int = 1) -> dict[str, Proof]:
    point = IntegrationPoint(from_module="shop.sums", to_module="shop.parts")
    steps = prover.prove(
        ProofOrder(
            draft=Draft(files=(file,)),
            exploration=Exploration(integration_points=(point,)),
            repeats=repeats,
        )
    )
    return {proof.case_id: proof for proof in finished(steps)}


def test_a_box_that_had_to_begin_again_tells_of_each_case_once() -> None:
    evidence = Evidence(drafted(FIRST).cases[0], "n", None)
    for outcome in ("failed", "passed"):
        evidence.saw_alone({"outcome": outcome})
    assert [sighting.outcome for sighting in evidence.sightings] == ["passed"]
