"""What counts as a contract, and how many broken promises of one function are shown."""

from __future__ import annotations

from typing import Any

import pytest

from itc_tui.engines.builtin.evidence.gather import Shown
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.oracles.court import Judged, is_promised, put_to_the_test
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness
from itc_tui.ports import Steps

SOURCE = "doctest src/pack.py:4"


def witness(*rows: tuple[Claim, ...], **more: Any) -> Witness:
    steps = tuple(Step(f"a{at}", "call()") for at in range(len(rows)))
    return Witness("0", Program((), steps), "pack:call", rows, **more)


PROMISED = Claim("a0", "3", (), True, SOURCE)
OBSERVED = Claim("a0.size", "4")
WEAK = Claim("type(a0).__name__", "'int'")


def test_a_case_is_a_contract_when_its_main_assertions_are() -> None:
    assert is_promised(witness((PROMISED,)))
    assert is_promised(witness((OBSERVED,), (PROMISED,)))
    assert is_promised(witness((PROMISED, WEAK)))
    assert not is_promised(witness((PROMISED,), (OBSERVED,)))
    assert not is_promised(witness((OBSERVED, OBSERVED), (PROMISED,)))
    assert not is_promised(witness((WEAK,)))
    assert not is_promised(witness())


def test_effects_that_were_only_observed_count_against_it() -> None:
    assert is_promised(witness((PROMISED,), (PROMISED,), out="3\n"))
    assert not is_promised(witness((PROMISED,), out="3\n", files={"a.txt": "3"}))


def test_a_documented_refusal_is_a_contract() -> None:
    told = RaisedError("pack", "Refused", "no", True, True, SOURCE)
    untold = RaisedError("pack", "Refused", "no", True, True)
    assert is_promised(witness((), raised={0: told}))
    assert not is_promised(witness((), raised={0: untold}))


class Bench:
    """Stands for the laboratory: gives the verdicts it was told, and sees each program alike."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows = rows

    def judge(self, *_args: Any) -> Steps[list[dict[str, Any]]]:
        yield from ()
        return self._rows

    def observe(self, programs: dict[str, Program], **_more: Any) -> Steps[dict[str, Any]]:
        yield from ()
        return {ident: _row(program) for ident, program in programs.items()}


_OWN = {"by_target": False, "own": False}


def _row(program: Program) -> dict[str, Any]:
    return {
        "trouble": "",
        "failed_at": -1,
        "raised": {
            str(at): {"module": "builtins", "name": "KeyError", "message": "x"} | _OWN
            for at, step in enumerate(program.steps)
            if step.kind == "raises"
        },
        "steps": [[["a", "3", [], True]] for _ in program.steps],
        "kinds": ["int" for _ in program.steps],
        "out": "seen",
        "files": {},
        "leaves": False,
        "arcs": [],
        "edges": [],
    }


def verdict(**changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "kind": "field type",
        "name": "Settings keeps low_stock an int",
        "text": "low_stock: int",
        "place": "pack.py:3",
        "holds": False,
        "is_red": True,
        "focus": "pack:load",
        "program": {"imports": [], "steps": [["a", "load()", "do"]]},
        "claims": [["type(a.low_stock) is int", "", []]],
        "held": "low_stock is of type str",
        "raises": "",
        "taints": ["7"],
    }
    return {**row, **changes}


def put(*rows: dict[str, Any]) -> Judged:
    ended: list[Judged] = []

    def drained() -> Steps[None]:
        bench = Bench(list(rows))
        ended.append((yield from put_to_the_test(bench, [], Shown(), most_kept=5)))  # type: ignore[arg-type]

    assert list(drained()) == []
    return ended[0]


def test_a_broken_promise_becomes_a_case_that_asserts_only_the_promise() -> None:
    judged = put(verdict())
    ((witness, group),) = judged.cases
    assert group.promise is not None
    assert group.promise.evidence == "field type pack.py:3: low_stock: int"
    assert [claim.text for row in witness.claims for claim in row] == ["type(a.low_stock) is int"]
    assert witness.out == ""
    assert judged.tainted == {"7"}


def test_what_is_not_sure_enough_is_noted() -> None:
    judged = put(verdict(is_red=False, taints=[]))
    assert judged.cases == ()
    assert judged.tainted == frozenset()
    (note,) = judged.notes
    assert note.startswith("pack.py:3 says `low_stock: int`, but low_stock is of type str")


def test_what_was_noted_may_still_be_nothing_to_freeze() -> None:
    assert put(verdict(is_red=False, kind="docstring")).tainted == {"7"}


@pytest.mark.parametrize(("kind", "shown"), [("round trip", 3), ("field type", 1)])
def test_one_fault_is_shown_by_a_few_cases(kind: str, shown: int) -> None:
    judged = put(*(verdict(name=f"promise {number}", kind=kind) for number in range(6)))
    assert len(judged.cases) == shown
    assert judged.notes[0] == f"promise {shown} is broken as well (pack.py:3)"


def test_a_broken_documented_exception_expects_the_documented_one() -> None:
    program = {"imports": [], "steps": [["a", "find('x')", "raises"]]}
    kind = "documented exception"
    judged = put(verdict(kind=kind, raises="pack:Unknown", claims=[], program=program))
    ((witness, _),) = judged.cases
    assert witness.raised[0].name == "Unknown"
    assert witness.raised[0].message == ""
    assert witness.raised[0].source.startswith("documented exception pack.py:3")
