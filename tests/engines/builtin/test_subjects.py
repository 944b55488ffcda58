"""Cases at a module's face are read by the class or function that they are about."""

from __future__ import annotations

from itc_tui.engines.builtin.grouping import Group
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.subjects import Row, by_subject, is_public, is_public_name
from itc_tui.engines.builtin.witnesses import Witness


def row(ident: int, focus: str) -> Row:
    witness = Witness(str(ident), Program((), ()), focus)
    return witness, Group(focus, (witness,), witness.program)


def test_what_there_is_little_to_say_of_stands_together_at_the_end() -> None:
    focuses = ["basket:parsed", "basket:Basket.put", "basket:spelled", "given:README.md:3"]
    focuses += ["basket:Basket.total", "basket:Basket.put", *["basket:joined"] * 4]
    parts = by_subject([row(place, focus) for place, focus in enumerate(focuses)])
    assert [[int(witness.ident) for witness, _ in part] for part in parts] == [
        [6, 7, 8, 9],
        [1, 4, 5],
        [0, 2, 3],
    ]


def witness_with(imports: tuple[str, ...], code: str, focus: str = "given:basket.py:3") -> Witness:
    return Witness("1", Program(imports, (Step("found", code),)), focus)


def test_callers_use_no_private_names_save_by_a_command() -> None:
    private = ("from basket import _rounded, parsed",)
    assert not is_public(witness_with(("from basket import _rounded",), "_rounded(3)"))
    assert is_public(witness_with(("from basket import parsed",), "parsed('a')"))
    assert is_public(witness_with(("from basket import _rounded",), "print(1)"))
    assert is_public(witness_with(("from basket import __version__",), "__version__"))
    assert is_public_name("Basket.__add__")
    assert not is_public_name("_Wrapper.wrapped")
    assert not is_public_name("Basket.put.<lambda>")
    assert not is_public(witness_with(private, "_rounded(parsed('a'))"))
    assert is_public(witness_with(private, "parsed('a')"))
