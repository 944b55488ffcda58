"""Words that code asks for are found, with where they are asked for and where they lead."""

from __future__ import annotations

import ast
import importlib.util
import random
import sys
import textwrap
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from itc_tui.engines.builtin.inside.decisions import decisions_in
from itc_tui.engines.builtin.inside.frontier import Frontier
from itc_tui.engines.builtin.inside.gates import Gate, gates_of
from itc_tui.engines.builtin.inside.name_forms import forms_in, words_of
from itc_tui.engines.builtin.inside.pool import Kept
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.spellings import spellings_in

GatesIn = Callable[[str], list[Gate]]


def tree_of(text: str) -> ast.Module:
    return ast.parse(textwrap.dedent(text).strip())


@pytest.fixture
def gates_in(tmp_path: Path) -> Iterator[GatesIn]:
    """Gates of one module; lines count from its first."""

    def make(text: str) -> list[Gate]:
        path = tmp_path / "shelf.py"
        path.write_text(textwrap.dedent(text).strip())
        spec = importlib.util.spec_from_file_location("shelf", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["shelf"] = module
        spec.loader.exec_module(module)
        return gates_of([module], lambda name: Path(name).name)

    yield make
    sys.modules.pop("shelf", None)


def test_a_table_that_an_object_writes_down_leads_to_its_own_functions(gates_in: GatesIn) -> None:
    gates = gates_in("""
        class Rules:
            def __init__(self):
                self.known = {"least": self.check_least}
                self.known.update((
                    ("most", self.check_most),
                    ("kind", str),
                ))

            def check_least(self):
                return 1

            def check_most(self):
                return 2
        """)
    found = {(gate.word, *gate.at, *gate.beyond) for gate in gates if gate.beyond}
    assert found == {
        ("least", ("shelf.py", 3), ("shelf.py", 10)),
        ("most", ("shelf.py", 5), ("shelf.py", 13)),
    }


def test_what_makes_a_test_true_leads_into_its_block_and_what_denies_it_past_it() -> None:
    tree = tree_of("""
        def brewed(name, kind):
            if name == "tea":
                return 1
            if not (kind != "hot" or kind in ("iced", "cold")):
                return 2
            return 3
        """)
    assert {(one.word, one.line, one.leads_to) for one in decisions_in(tree)} == {
        ("tea", 2, 3),
        ("hot", 4, 5),
        ("iced", 4, 6),
        ("cold", 4, 6),
    }


def test_marks_in_one_text_are_a_choice_and_so_are_the_cases_of_a_match() -> None:
    tree = tree_of("""
        def kind(letter):
            if letter in "+-":
                return "sign"
            if letter.startswith("0x"):
                return "number"
            match letter:
                case "(" | ")":
                    return "bracket"
            return letter == "eof"
        """)
    assert {(one.word, one.leads_to) for one in decisions_in(tree)} == {
        ("+", 3),
        ("-", 3),
        ("0x", 5),
        ("(", 8),
        (")", 8),
        ("eof", None),
    }


@pytest.mark.parametrize(
    "put_together",
    [
        'f"visit_{kind}"',
        '"visit_" + kind',
        '"visit_%s" % kind',
        '"visit_{}".format(kind)',
    ],
)
def test_names_that_are_put_together_show_the_words_that_they_are_made_of(
    put_together: str,
) -> None:
    tree = tree_of(f"""
        class Visitor:
            def visit(self, kind):
                return getattr(self, {put_together})()

            def visit_first_child(self): ...

            def visit_leaf(self): ...
        """)
    (form,) = forms_in(tree)
    assert form.lines == (3,)
    assert words_of(form, ["visit_first_child", "visit_leaf", "visit_", "other"]) == {
        "visit_first_child": ("first-child", "first_child"),
        "visit_leaf": ("leaf",),
    }


def test_the_narrower_form_has_the_name() -> None:
    forms = forms_in(tree_of('a = f"read_{x}"\nb = f"read_{x}_list"'))
    assert [(form.before, form.after) for form in forms] == [("read_", "_list"), ("read_", "")]


def test_marks_are_known_by_the_words_beside_them() -> None:
    tree = tree_of("""
        SIMPLE = {"[": "lbracket", ",": "comma", "a": "letter"}
        TOKENS = [("arrow", "->"), ("one", "two", "three")]
        def tokens():
            yield {"type": "flatten", "text": "[]"}
            yield Token("equal", "==")
        """)
    assert spellings_in([tree]) == {
        "lbracket": ["["],
        "comma": [","],
        "arrow": ["->"],
        "flatten": ["[]"],
        "text": ["[]"],
        "equal": ["=="],
    }


def test_a_gate_knows_where_it_is_asked_for_and_what_lies_behind(gates_in: GatesIn) -> None:
    gates = gates_in("""
        PRICES = {"tea": 3, "coffee": 4}

        def brew(name):
            return name

        def stir(name):
            return name + "!"

        DEEDS = {"brew": brew, "stir": stir}

        def done(deed, name):
            found = DEEDS[deed]
            if name not in PRICES:
                raise KeyError(name)
            return found(name)
        """)
    known = {(gate.word, *gate.at, *gate.beyond) for gate in gates}
    assert ("brew", ("shelf.py", 12), ("shelf.py", 4)) in known
    assert ("stir", ("shelf.py", 12), ("shelf.py", 7)) in known
    assert ("tea", ("shelf.py", 13)) in known
    assert ("coffee", ("shelf.py", 13)) in known


def test_each_heir_has_a_gate_of_its_own_and_marks_stand_for_words(gates_in: GatesIn) -> None:
    gates = gates_in("""
        KINDS = {"*": "star", "@": "at"}

        class Reader:
            def read(self, kind):
                return getattr(self, f"read_{kind}")()

            def read_star(self):
                return 1

            def read_at(self):
                return 2

        class Other(Reader):
            def read_star(self):
                return 3
        """)
    asked = {(gate.word, *gate.beyond) for gate in gates if gate.beyond}
    assert {("*", ("shelf.py", 8)), ("*", ("shelf.py", 15)), ("star", ("shelf.py", 15))} <= asked


def test_sources_that_cannot_be_read_have_no_gates() -> None:
    assert gates_of([types.ModuleType("made_up"), sys], lambda name: name) == []


def kept(code: str) -> Kept:
    return Kept(Program((), (Step("v_got_1", code),)), "shelf:done", False)


def test_only_a_gate_that_was_reached_and_not_passed_is_tried() -> None:
    here, there, inside = ("a.py", 3), ("a.py", 9), ("a.py", 4)
    tea = Gate("tea", frozenset([here]), frozenset([inside]))
    far = Gate("far", frozenset([there]), frozenset([("a.py", 10)]))
    frontier = Frontier([tea, far], random.Random(1))
    assert frontier.reached_by({here, ("a.py", 1)}) == [here]
    frontier.take(kept("done('x')"), [here])
    assert frontier.look({here}) == ["tea", "far"]
    found = frontier.next()
    assert found is not None
    assert found[0] is tea
    assert found[1].focus == "shelf:done"
    assert frontier.look({here, inside}) == ["far"]
    assert frontier.next() is None


def test_who_stands_before_a_gate_is_remembered_while_short_or_new() -> None:
    here = ("a.py", 3)
    gate = Gate("tea", frozenset([here]), frozenset([("a.py", 4)]))
    frontier = Frontier([gate], random.Random(1))
    for number in range(30):
        frontier.take(kept("done(%r)" % ("x" * number)), [here])
    frontier.look({here})
    seen: set[Any] = {frontier.next()[1].program for _ in range(40)}  # type: ignore[index]
    lengths = sorted(len(program.steps[0].code) for program in seen)
    assert lengths == [8, 9, 37]
    frontier.take(Kept(kept("done('y')").program, "shelf:other", False), [here])
    assert any(frontier.next()[1].focus == "shelf:other" for _ in range(40))  # type: ignore[index]


def test_what_a_module_holds_besides_words_is_passed_over(gates_in: GatesIn) -> None:
    """Lists of lists, words beside numbers, and objects that refuse every question."""
    gates = gates_in(
        """
        class Refusing:
            def __getattribute__(self, name):
                raise RuntimeError("nobody asked for me yet")

        ROWS = [["a", 1], ["b", 2]]
        MIXED = ("first", 2, None)
        LAZY = Refusing()
        TABLE = {"open": Refusing(), "shut": ROWS}

        def act(word):
            return TABLE[word], ROWS, MIXED, LAZY
        """
    )
    assert {gate.word for gate in gates} == {"open", "shut"}
