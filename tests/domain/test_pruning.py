"""Taking a test out of a file leaves the rest as it was."""

from __future__ import annotations

from itc_tui.domain.pruning import without_functions

FILE = '''"""Cart and store."""

import json
from shop import cart, store


@mark("slow")
def test_a():
    assert cart.total() == 1


def test_b():
    assert json.loads(store.read()) == 2


class TestMore:
    """More."""

    def test_c(self):
        assert store.size() == 3
'''


def test_nothing_named_changes_nothing() -> None:
    assert without_functions(FILE, set()) == FILE


def test_a_function_goes_with_its_decorators_and_its_imports() -> None:
    text = without_functions(FILE, {"test_a"})
    assert "mark" not in text
    assert "from shop import store\n" in text
    assert "def test_b" in text


def test_a_method_takes_its_empty_class_along() -> None:
    text = without_functions(FILE, {"TestMore::test_c"})
    assert "TestMore" not in text
    assert text.endswith("== 2\n")


def test_a_parameter_takes_the_whole_function() -> None:
    assert "test_b" not in without_functions(FILE, {"test_b[1-2]"})


DECLARING = '''from shop import Form, Part, part_of


class Small(Part):
    size = 1


class OrderForm(Form):
    part = part_of(Small)


class Other(Form):
    """Nobody's; it was so before."""


def test_a():
    assert OrderForm().total() == 1


def test_b():
    assert part_of(Part) == 2
'''


def test_what_only_that_test_worked_with_goes_along() -> None:
    text = without_functions(DECLARING, {"test_a"})
    assert "class Small" not in text
    assert "class OrderForm" not in text
    assert "class Other" in text
    assert text.startswith("from shop import Form, Part, part_of\n\n\nclass Other")
