"""A test says that it shows what a document shows only where it does."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.evidence.snippets import Example
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.oracles.documented_output import judge
from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.oracles.shown_otherwise import Examples, as_documents_show, remarked
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness

ORIGIN = "README.md:3"
PROGRAM = Program(
    (), (Step("", "monkeypatch.setenv('PORT', '8000')"), Step("port", "env.int('PORT')"))
)
OTHER = Witness("other", Program((), (Step("x", "Env().int('TTL')"),)), "shop.env:Env.int")


def example(remark: str) -> Example:
    return Example(ORIGIN, PROGRAM, {}, remarks={"port": remark} if remark else {})


def gave(value: str) -> Witness:
    return Witness("a", PROGRAM, f"given:{ORIGIN}", claims=((), (Claim("port", value),)))


def refused(message: str) -> Witness:
    steps = (PROGRAM.steps[0], PROGRAM.steps[1]._replace(kind="raises"))
    error = RaisedError("shop.errors", "BadPort", message, True, True)
    witness = Witness("a", PROGRAM._replace(steps=steps), f"given:{ORIGIN}", claims=((), ()))
    return witness.but(raised={1: error})


@pytest.mark.parametrize(
    ("witness", "remark", "is_shown"),
    [
        (gave("8000"), "8000", True),
        (gave("8000"), "", True),
        (gave("8000"), "the port", True),
        (gave("3"), "8000", False),
        (gave("None"), "8000", False),
        (refused("-2 is no port of ours"), "8000", False),
        (refused("-2 is no port of ours"), "", False),
        (refused("-2 is no port of ours"), "-2 is no port of ours", True),
        (refused("-2 is no port"), "shop.errors.BadPort: -2 is", True),
        (refused("-2"), "raises an error if it is none", True),
    ],
)
def test_what_ends_otherwise_is_no_example_any_more(
    witness: Witness, remark: str, is_shown: bool
) -> None:
    (kept, _), left_out = as_documents_show([witness, OTHER], Examples([example(remark)]))
    assert kept.focus == (f"given:{ORIGIN}" if is_shown else "shop.env:Env.int")
    assert left_out == []
    alone, left_out = as_documents_show([witness], Examples([example(remark)]))
    assert (len(alone), len(left_out)) == ((1, 0) if is_shown else (0, 1))


def test_what_a_comment_says_is_promised_where_it_holds() -> None:
    told = remarked(Examples([example("8000")]), [gave("8000")])
    assert judge(gave("8000"), Facts(told)).claims[1][0].source == f"example {ORIGIN}"
    assert judge(gave("9"), Facts(told)).claims[1][0].source == ""
    error = judge(refused("-2 is no port of ours"), Facts({"port": ("-2 is no port", ORIGIN)}))
    assert error.raised[1].source == f"example {ORIGIN}"


def test_what_is_shown_to_be_printed_is_shown_of_each_that_prints() -> None:
    steps = (Step("a", "str(total(1))"), Step("b", "str(total(2))"), Step("c", "total(3)"))
    claims = ((Claim("a", "'3 EUR'"),), (Claim("b", "'5 EUR'"),), (Claim("c", "'3 EUR'"),))
    witness = Witness("a", Program((), steps), f"given:{ORIGIN}", claims)
    example = Example(ORIGIN, witness.program, {}, printed="counting\n3 EUR\n4 EUR")
    assert remarked(Examples([example]), [witness]) == {"a": ("3 EUR", ORIGIN)}


def test_a_document_tells_what_comes_of_some_of_its_examples() -> None:
    assert Examples([example("8000")]).telling([gave("8000"), OTHER]) == {"a"}
    assert Examples([example("")]).telling([gave("8000"), OTHER]) == set()
