"""Inputs are cut to what the code takes notice of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.simplifying import simpler_forms, simplified
from itc_tui.engines.builtin.spare_arguments import with_fewer_arguments
from itc_tui.engines.builtin.witnesses import Witness, witness_of
from itc_tui.ports import Steps
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

LaboratoryOf = Callable[[Target], Laboratory]
LONG = "Unexpected ::é tea 2024-01-31 of something that nobody would ever write"


def shown_by(laboratory: Laboratory, code: str) -> Witness:
    program = Program(("from shop.tea import brew",), (Step("v_x_1", code),))
    rows, _ = drained(laboratory.observe({"1": program}))
    witness = witness_of("1", program, "shop.tea:brew", rows["1"])
    assert witness is not None
    return witness


def test_a_text_is_cut_as_long_as_the_code_goes_the_same_way(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/tea.py": """
                def brew(name, note=""):
                    if len(note) > 30:
                        return name + "!"
                    return name
                """
        }
    )
    laboratory = laboratory_of(target)
    whole = shown_by(laboratory, f"brew({LONG!r}, {LONG!r})")
    (short,), _ = drained(simplified(laboratory, [whole]))
    (step,) = short.program.steps
    assert step.code == "brew('name', 'Unexpected ::name tea 2024-01-31 of s')"
    assert short.last_claims[0].right == "'name!'"


def test_only_odd_and_long_texts_are_touched_and_examples_never() -> None:
    assert list(simpler_forms(Program((), (Step("v", "f('tea', 12, \"x\" * 40)"),)))) == []
    form = next(simpler_forms(Program((), (Step("v", f"f('é', {LONG!r})"),))))
    assert form.steps[0].code == "f('é', 'unexpected')"


def test_odd_numbers_give_way_to_ordinary_ones_where_the_code_goes_the_same_way(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    """Nobody would order minus seven cups first; whether that is refused is another matter."""
    target = make_target(
        **{
            "shop/tea.py": """
                def brew(cups, price=1, year=0):
                    if year < 1000:
                        return 0
                    if price < 0:
                        return cups
                    return cups * price
                """
        }
    )
    laboratory = laboratory_of(target)
    whole = shown_by(laboratory, "brew(-7, price=65536, year=2024)")
    paid_back = shown_by(laboratory, "brew(-7, -1, 2024)")
    (plain, still_odd), _ = drained(simplified(laboratory, [whole, paid_back]))
    assert plain.program.steps[0].code == "brew(3, price=3, year=2024)"
    assert plain.last_claims[0].right == "9"
    assert still_odd.program.steps[0].code == "brew(3, -1, 2024)"


def test_what_is_handed_over_for_nothing_is_left_out(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    """An option that shows in what comes out stays, though the code goes the same way."""
    target = make_target(
        **{
            "shop/tea.py": """
                def brew(name, cups=1, note="", hot=True):
                    return name * cups
                """
        }
    )
    whole = shown_by(laboratory_of(target), "brew('tea', cups=2, note='none', hot=False)")
    (short,), _ = drained(simplified(laboratory_of(target), [whole]))
    assert short.program.steps[0].code == "brew('tea', cups=2)"


def test_arguments_are_taken_out_one_by_one_and_names_before_places() -> None:
    assert list(with_fewer_arguments("f(1, g(x), a=h(2), b='é')")) == [
        "f(1, g(x))",
        "f(1, g(x), b='é')",
        "f(1, g(x), a=h(2))",
        "f(1, g(), a=h(2), b='é')",
        "f(1, g(x), a=h(), b='é')",
    ]
    assert list(with_fewer_arguments("path.write_text('é', encoding='utf-8')")) == []
    assert list(with_fewer_arguments("f(*rows, **named)")) == []
    assert list(with_fewer_arguments("not python")) == []


def test_a_text_that_only_looks_like_one_of_the_targets_gives_way_to_it(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/tea.py": """
                def brew(name, note):
                    if "-" in name:
                        return name.lower()
                    return note
                """
        }
    )
    laboratory = laboratory_of(target)
    whole = shown_by(laboratory, "brew('POT)-11', 'GETASSAM-100{}')")
    (plain,), _ = drained(simplified(laboratory, [whole], ["POT-1", "ASSAM-100", "secret-key"]))
    (step,) = plain.program.steps
    assert step.code == "brew('POT-1', 'ASSAM-100')"
    assert plain.last_claims[0].right == "'pot-1'"
    other = shown_by(laboratory, "brew('sret-k', b'POT)-11')")
    found, _ = drained(simplified(laboratory, [other], ["POT-1", "ASSAM-100", "secret-key"]))
    assert found[0].program.steps[0].code == "brew('secret-key', 'POT-1')"


def test_no_key_is_said_twice_in_what_is_put_in_place() -> None:
    program = Program((), (Step("v", "f({'POT-11': 1, 'POT-12': 2})"),))
    codes = [form.steps[0].code for form in simpler_forms(program, ["POT-1"])]
    assert codes[:2] == ["f({'POT-1': 1, 'POT-12': 2})", "f({'POT-11': 1, 'POT-1': 2})"]
    program = Program((), (Step("v", "f({'POT-11': 1, 'POT-1': 2})"),))
    codes = [form.steps[0].code for form in simpler_forms(program, ["POT-1"])]
    assert codes == ["f({'name': 1, 'POT-1': 2})"]


def test_items_that_mean_nothing_go_and_those_that_mean_something_stay() -> None:
    code = "f({'tea': [1, 2, 3], 'ne{a: a': ('%s -> %s', 7)}, *rest)"
    forms = [form.steps[0].code for form in simpler_forms(Program((), (Step("v", code),)))]
    assert "f({'tea': [1, 2, 3]}, *rest)" in forms
    assert "f({'tea': [1, 2, 3], 'ne{a: a': (7,)}, *rest)" in forms
    assert all("[1, 2, 3]" in form for form in forms)


class InAHurry(Laboratory):
    """Comes as far as four programs, and no further."""

    def observe(self, programs: Mapping[str, Program], **how: Any) -> Steps[dict[str, Any]]:
        return super().observe(dict(list(programs.items())[:4]), **how)


def test_where_time_runs_out_each_case_has_its_cut_words_made_whole_first(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox]
) -> None:
    """A search cuts words of the target's, and a reader stumbles over them."""
    text = "def brew(name, *more):\n    return name\n"
    target = make_target(**{"shop/tea.py": text})
    laboratory = InAHurry(target, open_box(target))
    wholes = [shown_by(laboratory, f"brew('{name}')") for name in ("outbox.jso", "teapot of iro")]
    words = ["outbox.jsonl", "teapot of iron"]
    short, _ = drained(simplified(laboratory, wholes, words))
    assert [one.program.steps[0].code for one in short] == [f"brew({word!r})" for word in words]


def test_odd_words_between_marks_that_matter_become_plain_ones(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/tea.py": """
                import re

                def brew(text):
                    found = re.search(r"[$][{]([A-Za-z0-9_]+)(:-[^}:]*)?[}]", text)
                    if found and found[2]:
                        return found[2][2:]
                    return text
                """
        }
    )
    laboratory = laboratory_of(target)
    whole = shown_by(laboratory, "brew('${Qy__}\\n${_9:-y68}\\n\\n')")
    whole = whole.but(program=whole.program, arcs=shown_by(laboratory, "brew('${a:-b}')").arcs)
    (plain,), _ = drained(simplified(laboratory, [whole]))
    assert plain.program.steps[0].code == "brew('${name:-other}')"


def test_what_was_only_made_for_an_argument_goes_with_it(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    """And so does what was done before, and changed nothing of what the case shows."""
    target = make_target(
        **{
            "shop/tea.py": """
                class Kettle:
                    def __init__(self):
                        self.rows = []

                class Pot:
                    def __init__(self):
                        self.notes = []

                    def note(self, text):
                        self.notes.append(text)

                    def brew(self, name, kettle=None):
                        return name.upper()
                """
        }
    )
    steps = (
        Step("v_pot_1", "Pot()"),
        Step("v_kettle_2", "Kettle()"),
        Step("v_x_3", "v_pot_1.note('none')"),
        Step("v_x_4", "v_pot_1.brew('tea', v_kettle_2)"),
    )
    program = Program(("from shop.tea import Kettle", "from shop.tea import Pot"), steps)
    laboratory = laboratory_of(target)
    rows, _ = drained(laboratory.observe({"1": program}))
    whole = witness_of("1", program, "shop.tea:Pot.brew", rows["1"])
    assert whole is not None
    (short,), _ = drained(simplified(laboratory, [whole]))
    assert [step.code for step in short.program.steps] == ["Pot()", "v_pot_1.brew('tea')"]
    assert short.program.imports == ("from shop.tea import Pot",)


def test_signs_alone_give_way_to_a_word_even_where_the_target_knows_them(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/tea.py": """
                def brew(name, mark="-"):
                    return name.split(mark)[0] if "-" in mark else name
                """
        }
    )
    laboratory = laboratory_of(target)
    whole = shown_by(laboratory, "brew(', ')")
    (plain,), _ = drained(simplified(laboratory, [whole], [", ", "-"]))
    assert plain.program.steps[0].code == "brew('name')"


def test_the_words_of_an_object_give_way_to_a_plain_one(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/tea.py": """
                class Pot:
                    def __repr__(self):
                        return "<Pot of tea>"

                def brew(name):
                    raise KeyError("no such tea: " + name)
                """
        }
    )
    steps = (
        Step("v_pot_1", "Pot()"),
        Step("v_text_2", "repr(v_pot_1)"),
        Step("v_x_3", "brew(v_text_2)", "raises"),
    )
    program = Program(("from shop.tea import Pot", "from shop.tea import brew"), steps)
    laboratory = laboratory_of(target)
    rows, _ = drained(laboratory.observe({"1": program}))
    whole = witness_of("1", program, "shop.tea:brew", rows["1"])
    assert whole is not None
    (plain,), _ = drained(simplified(laboratory, [whole]))
    assert [step.code for step in plain.program.steps] == ["brew('name')"]
    assert plain.raised[0].message == "'no such tea: name'"
