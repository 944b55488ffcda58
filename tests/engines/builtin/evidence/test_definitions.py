"""What documents define, and the names that they take for granted."""

from __future__ import annotations

from itc_tui.engines.builtin.evidence.gather import gather
from tests.engines.builtin.small_targets import MakeTarget

FORMS = """
    class Field:
        def __init__(self, label=""):
            self.label = label


    class Form:
        pass
    """
GUIDE = """
Derive from the form::

    class OrderForm(Form):
        address = Field('Where to')

and look at what came in, within a view::

    form = OrderForm(request.form)
    form.validate()

    def view(request):
        return OrderForm(request)

    other = OrderForm()

Something else::

    import json
    json.loads('1')
"""


def test_names_that_a_document_takes_for_granted_are_imported(make_target: MakeTarget) -> None:
    shown = gather(make_target(**{"shop/forms.py": FORMS, "docs/guide.rst": GUIDE}))
    first, _ = shown.examples
    assert first.program.imports == ("from shop.forms import Field", "from shop.forms import Form")
    assert not first.is_self_contained


def test_what_nobody_can_know_is_left_away_with_all_that_hangs_on_it(
    make_target: MakeTarget,
) -> None:
    shown = gather(make_target(**{"shop/forms.py": FORMS, "docs/guide.rst": GUIDE}))
    assert [step.var for step in shown.examples[1].program.steps] == [
        "OrderForm",
        "view",
        "other",
    ]


def test_examples_that_do_not_use_the_package_are_left_alone(make_target: MakeTarget) -> None:
    shown = gather(make_target(**{"shop/forms.py": FORMS, "docs/guide.rst": GUIDE}))
    assert not any("import json" in example.program.imports for example in shown.examples)


def test_classes_that_documents_define_are_taken_with_what_they_need(
    make_target: MakeTarget,
) -> None:
    shown = gather(make_target(**{"shop/forms.py": FORMS, "docs/guide.rst": GUIDE}))
    definition, _ = shown.definitions
    assert definition.name == "OrderForm"
    assert definition.program.imports == (
        "from shop.forms import Field",
        "from shop.forms import Form",
    )
    assert [step.kind for step in definition.program.steps] == ["raw"]


def test_a_defined_class_is_evidence_where_it_is_handed_on(make_target: MakeTarget) -> None:
    guide = GUIDE + "\nPut it to use::\n\n    use(OrderForm, request)\n"
    source = FORMS + "\n\n    def use(form, request):\n        return form()\n"
    shown = gather(make_target(**{"shop/forms.py": source, "docs/guide.rst": guide}))
    assert shown.arguments["use"] == {"0": ["OrderForm"]}


TABLES = '''
    def table(width=1):
        """A table.

        >>> table = table()
        >>> table
        '1'
        >>> def test_width(one):
        ...     return len(one)
        >>> test_width(table)
        1
        """
        return str(width)
    '''


def test_names_that_mean_something_else_within_a_test_are_told_apart(
    make_target: MakeTarget,
) -> None:
    (example,) = gather(make_target(**{"shop/tables.py": TABLES})).examples
    first, second, function, last = example.program.steps
    assert (first.var, first.code, second.code) == ("new_table", "table()", "new_table")
    assert function.code.startswith("def sample_width(one):")
    assert last.code == "sample_width(new_table)"
    assert list(example.wanted.values()) == ["'1'", "1"]


def test_what_a_decorated_function_fetches_is_replaced_by_what_it_was_asked_for(
    make_target: MakeTarget,
) -> None:
    """A stand-in that takes any call would be no test of anything."""
    forms = (
        FORMS
        + """
    def kept(function):
        return function
    """
    )
    guide = """
        .. testsetup:: *

           from unittest import mock
           urllib = mock.MagicMock()

        Prose.

        .. testcode::

           class Letters:
               label = Field('to')

               @kept
               def fetch(self, number, size=2):
                   return urllib.request.urlopen(number)

           letters = Letters()
           letters.fetch(3)
        """
    shown = gather(make_target(**{"forms/base.py": forms, "docs/guide.rst": guide}))
    (letters,) = [one for one in shown.definitions if one.name == "Letters"]
    (step,) = letters.program.steps
    assert "return (number, size)" in step.code
    assert not any("Letters" in one.code for e in shown.examples for one in e.program.steps)
