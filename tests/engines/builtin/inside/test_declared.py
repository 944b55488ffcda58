"""Classes that users write with the target are made, driven, and varied."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.inside.declared import declare
from itc_tui.engines.builtin.inside.fellows import fellows_of
from itc_tui.engines.builtin.inside.programs import Program, Step, run
from itc_tui.engines.builtin.inside.surface import read_surface
from itc_tui.engines.builtin.inside.tracing import Tracer
from itc_tui.engines.builtin.laboratory import Laboratory
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

FIELDS = '''
    class Field:
        """Nothing by itself: a form binds it."""

        def __init__(self, label=""):
            self.label, self.raw = label, None


    class TextField(Field):
        def read(self):
            return str(self.raw).strip()


    class NumberField(Field):
        def read(self):
            return int(self.raw or 0)
    '''
FORMS = '''
    from shop.fields import Field


    class Declaring(type):
        def __new__(mcs, name, bases, space):
            made = super().__new__(mcs, name, bases, space)
            made.parts = [one for one in space if isinstance(space[one], Field)]
            return made


    class Form(metaclass=Declaring):
        """A form; derive from it, and give it fields."""

        def read_all(self):
            if not self.parts:
                raise NotImplementedError
            return [type(self).__dict__[name].read() for name in self.parts]


    def described(cls):
        """A decorator that lets a class tell of itself."""
        cls.tell = tell
        return cls


    def tell(self, loud=False):
        return Form.__name__.upper() if loud else type(self).__name__
    '''
README = """
# Shop

```python
from shop.forms import Form, described
from shop.fields import TextField

class OrderForm(Form):
    address = TextField('Where to')

@described
class Parcel:
    weight = 2
```
"""


@pytest.fixture
def found(
    make_target: MakeTarget, laboratory_of: Callable[[Target], Laboratory]
) -> list[dict[str, list[str]]]:
    files = {"shop/fields.py": FIELDS, "shop/forms.py": FORMS, "README.md": README}
    target = make_target(**files)
    rows, _ = drained(laboratory_of(target).search(gather(target), (), 4.0))
    return [row for row in rows if not row["focus"].startswith("given:")]


def edges(rows: list[dict[str, list[str]]]) -> set[tuple[str, str]]:
    return {(edge[1], edge[3]) for row in rows for edge in row["edges"]}


@pytest.mark.slow
def test_what_a_document_declares_is_driven_and_varied(
    found: list[dict[str, list[str]]],
) -> None:
    crossed = edges(found)
    assert ("Form.read_all", "TextField.read") in crossed
    assert ("Form.read_all", "NumberField.read") in crossed  # no document shows a form with it


def test_other_parts_of_the_family_join_what_a_document_declares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "declaring_shop"
    package.mkdir()
    for name, text in {"__init__": "", "fields": FIELDS, "forms": FORMS}.items():
        text = textwrap.dedent(text).replace("shop.", "declaring_shop.")
        (package / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    surface = read_surface(["declaring_shop"])
    code = "class OrderForm(Form):\n    address = TextField('Where to')"
    imports = (
        "from declaring_shop.forms import Form",
        "from declaring_shop.fields import TextField",
    )
    program = Program(imports, (Step("OrderForm", code, "raw"),))
    rows = [{"name": "OrderForm", "program": program.as_json()}]

    declared = declare(rows, surface, Tracer(str(tmp_path)))
    fellows = fellows_of(declared, surface)

    made = [entry for entry in surface.callables if entry.prelude is not None]
    assert [(one.ident, one.template) for one in made] == [
        ("declaring_shop.forms:Form", "OrderForm(...)")
    ]
    assert {one.ident.partition(":")[2] for one in fellows} == {"Field", "TextField", "NumberField"}


REMEMBERING = """
import functools


class Remembered:
    def __init__(self, function):
        functools.update_wrapper(self, function)

    def __get__(self, one, kind=None):
        return functools.partial(self.__wrapped__, one)
"""


def test_a_method_that_a_decorator_made_an_object_of_is_called_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "remembering_shop.py").write_text(REMEMBERING)
    monkeypatch.syspath_prepend(tmp_path)
    surface = read_surface(["remembering_shop"])
    code = "class Letters:\n    @Remembered\n    def fetch(self, number): return number"
    program = Program(("from remembering_shop import Remembered",), (Step("Letters", code, "raw"),))
    declare([{"name": "Letters", "program": program.as_json()}], surface, Tracer(str(tmp_path)))
    found = [one for one in surface.callables if "remembering_shop:Remembered" in one.ident]
    assert ("Letters(...)", None) in [(one.template, one.owner) for one in found]
    (fetch,) = [one for one in found if one.template == "{0}.fetch(...)"]
    assert fetch.owner.__name__ == "Letters"
    assert list(inspect.signature(fetch.func).parameters) == ["self", "number"]


def test_a_definition_has_a_name_and_clashes_with_another_of_that_name() -> None:
    one = Program((), (Step("Tea", "class Tea:\n    grams = 1", "raw"),))
    other = Program((), (Step("Tea", "class Tea:\n    grams = 2", "raw"),))
    cup = Program((), (Step("Cup", "class Cup:\n    size = 2", "raw"),))
    assert one.beside(other) is None
    assert one.beside(one) == one
    both = one.beside(cup)
    assert both is not None
    assert [step.var for step in both.steps] == ["Tea", "Cup"]


def test_annotations_of_a_definition_are_types_as_they_are_in_a_test() -> None:
    step = Step("Tea", "class Tea:\n    grams: int", "raw")
    outcome = run(Program((), (step,)), {"__name__": "__main__"})
    assert outcome.space["Tea"].__annotations__ == {"grams": int}
