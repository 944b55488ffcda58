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
    assert [step.var for step in shown.examples[1].program.steps] == ["OrderForm", "other"]


def test_examples_that_do_not_use_the_package_are_left_alone(make_target: MakeTarget) -> None:
    shown = gather(make_target(**{"shop/forms.py": FORMS, "docs/guide.rst": GUIDE}))
    assert not any("import json" in example.program.imports for example in shown.examples)


def test_classes_that_documents_define_are_taken_with_what_they_need(
    make_target: MakeTarget,
) -> None:
    shown = gather(make_target(**{"shop/forms.py": FORMS, "docs/guide.rst": GUIDE}))
    (definition,) = shown.definitions
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
