"""One module, one name in a file; one name, one meaning in a test."""

from __future__ import annotations

import ast

from itc_tui.domain.plan import Case, Scenario
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.drafting import draft_files
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import Claim, Witness

SHIFT = Step("v_a_1", "shift(dt.date(2024, 5, 17))")
PLAIN = Step("v_b_1", "shift(datetime.date(2024, 2, 29))")
CLASS = Step("v_c_1", "shift(datetime(2024, 2, 29))")


def witness(step: Step, imports: tuple[str, ...], right: str, needs: tuple[str, ...]) -> Witness:
    program = Program(("from shop.days import shift", *imports), (step,))
    return Witness(step.var, program, "shop.days:shift", ((Claim(step.var, right, needs),),))


def text_of(*witnesses: Witness) -> str:
    rows = [
        (
            Scenario(id="IS-001", boundary="shop.days → shop.names"),
            Case(id=f"IS-001-{place}", name=f"case {place}"),
            Prepared(str(place), "", one, {"summary": "It holds."}),
        )
        for place, one in enumerate(witnesses)
    ]
    target = Target(root="/", python="python", packages=("shop",))
    (file,) = draft_files(rows, target, "tests", (), [])
    ast.parse(file.text)
    return file.text


def test_what_we_write_calls_a_module_as_the_targets_examples_call_it() -> None:
    text = text_of(
        witness(SHIFT, ("import datetime as dt",), "1", ()),
        witness(PLAIN, ("import datetime",), "datetime.date(2024, 3, 1)", ("import datetime",)),
    )
    assert "import datetime\n" not in text
    assert "assert shift(dt.date(2024, 2, 29)) == dt.date(2024, 3, 1)" in text


def test_a_class_that_is_named_like_its_module_is_not_mistaken_for_it() -> None:
    right = "datetime.datetime(2024, 3, 1, tzinfo=datetime.timezone.utc)"
    text = text_of(
        witness(CLASS, ("from datetime import datetime",), right, ("import datetime",)),
    )
    assert "from datetime import datetime, timezone\n" in text
    assert "== datetime(2024, 3, 1, tzinfo=timezone.utc)\n" in text


def test_a_name_that_a_file_has_is_not_imported_again_beside_another() -> None:
    own = "from shop.days import shift, turn"
    first = witness(Step("v_a_1", "shift(3)"), (), "4", ())
    second = witness(Step("v_b_1", "turn(shift(3))"), (own,), "4", ())
    text = text_of(first, second)
    assert text.count("import") == 1
    assert "from shop.days import shift, turn\n" in text


def test_what_most_cases_mean_by_a_name_is_what_the_file_means_by_it() -> None:
    """Whichever comes first; only the others import it for themselves."""
    odd = witness(Step("v_a_1", "turn(shift(1))"), ("from shop.ways import turn",), "1", ())
    usual = [
        witness(Step(f"v_b_{n}", f"turn(shift({n}))"), ("from shop.days import turn",), "2", ())
        for n in (2, 3, 4)
    ]
    text = text_of(odd, *usual)
    head, _, first = text.partition("def test_case_0")
    assert "from shop.days import shift, turn\n" in head
    assert text.count("from shop.ways import turn") == 1
    assert "    from shop.ways import turn\n" in first
