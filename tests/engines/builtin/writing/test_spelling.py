"""One module, one name in a file; one name, one meaning in a test."""

from __future__ import annotations

import ast
import builtins
import decimal
import types
from collections.abc import Callable

from itc_tui.domain.plan import Case, Scenario
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.drafting import draft_files
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness

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


def run_of(*cases: Witness) -> dict[str, object]:
    """The file, as Python runs it, with a `shop` that has what the cases need."""
    shop = types.ModuleType("shop")
    shop.__dict__.update(env="theirs", Env=lambda: "a fresh one", Decimal=_ShopDecimal)
    shop.__dict__.update(read=str, rounded=decimal.Decimal, Refused=_Refused, refuse=_refuse)
    space: dict[str, object] = {"__builtins__": {**vars(builtins), "__import__": _import_of(shop)}}
    exec(text_of(*cases), space)
    return space


class _ShopDecimal:
    """Of the same name as Python's, and something else."""


class _Refused(Exception):
    """So is this."""


def _refuse() -> None:
    raise decimal.InvalidOperation("no number")


def _import_of(shop: types.ModuleType) -> Callable[..., object]:
    def imported(name: str, *more: object) -> object:
        return shop if name == "shop" else builtins.__import__(name, *more)  # type: ignore[arg-type]

    return imported


def seen(imports: tuple[str, ...], steps: tuple[Step, ...], claim: Claim) -> Witness:
    claims = (*(() for _ in steps[1:]), (claim,))
    return Witness(steps[-1].var, Program(imports, steps), "shop:read", claims)


def test_a_name_that_a_case_gives_to_something_else_is_imported_only_where_it_is_meant() -> None:
    """Python takes a name that a function binds anywhere for the function's own everywhere."""
    both = seen(
        ("from shop import env", "from shop import Env", "from shop import read"),
        (Step("first", "read(env)"), Step("env", "Env()"), Step("last", "read(env)")),
        Claim("(first, last)", "('theirs', 'a fresh one')"),
    )
    own = seen(
        ("from shop import env", "from shop import Env"),
        (Step("env", "Env()"), Step("last", "env")),
        Claim("last", "'a fresh one'"),
    )
    theirs = seen(
        ("from shop import env",),
        (Step("last", "env.title()"),),
        Claim("last", "'Theirs'"),
    )
    space = run_of(both, own, theirs)
    assert "env" not in space
    tests = [value for name, value in space.items() if name.startswith("test_")]
    assert len(tests) == 3
    for test in tests:
        assert callable(test)
        test()


def test_an_expectation_means_pythons_own_class_where_the_target_has_one_of_its_name() -> None:
    line = "from decimal import Decimal"
    case = seen(
        ("from shop import Decimal", "from shop import rounded"),
        (Step("made", "Decimal()"), Step("last", "rounded('0.00')")),
        Claim("last", "Decimal('0.00')", (line,)),
    )
    space = run_of(case)
    test = space["test_case_0"]
    assert callable(test)
    test()
    assert '== decimal.Decimal("0.00")' in text_of(case)


def test_what_is_raised_is_not_mistaken_for_a_class_of_the_same_name() -> None:
    error = RaisedError("decimal", "InvalidOperation", "no number", False, False)
    case = Witness(
        "1",
        Program(
            ("from shop import Refused as InvalidOperation", "from shop import refuse"),
            (Step("kind", "InvalidOperation()"), Step("last", "refuse()", "raises")),
        ),
        "shop:refuse",
        ((), ()),
        raised={1: error},
    )
    test = run_of(case)["test_case_0"]
    assert callable(test)
    test()


def test_two_programs_that_mean_different_things_by_a_name_are_not_joined() -> None:
    imported = Program(("from shop import env",), (Step("v_a_1", "env.int('PORT')"),))
    bound = Program(("from shop import Env",), (Step("env", "Env()"), Step("v_b_1", "env.seal()")))
    assert imported.beside(bound) is None
    assert bound.beside(imported) is None
