"""A place that a document makes up is one in the folder of the case."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.evidence.places_shown import in_a_folder_of_its_own
from itc_tui.engines.builtin.evidence.snippets import Example, examples_of, pieces_of


def example(code: str) -> Example:
    (found,) = examples_of(list(pieces_of(f"```python\n{code}\n```\n", "README.md")))
    return found


@pytest.mark.parametrize(
    ("code", "taken"),
    [
        ("db = Store('/path/to/db.json')", "Store('db.json')"),
        ("db = Store('path/to/db.json')", "Store('db.json')"),
        ("db = Store('/some/path/to/the/db.json')", "Store('db.json')"),
        ("db = Store(['/path/to/templates/'])", "Store(['templates'])"),
        ("db = Store('/home/ada/db.json', '/tmp/x')", "Store('db.json', 'x')"),
        ("db = Store('my/own.json')", "Store('my/own.json')"),
        ("db = Store('/index.html')", "Store('/index.html')"),
        ("db = Store('/users/path/to')", "Store('/users/path/to')"),
        ("db = Store('see /path/to/db.json')", "Store('see /path/to/db.json')"),
        ("db = Store('conf/db.json')", "Store('conf/db.json')"),
    ],
)
def test_the_last_name_of_a_made_up_place_is_enough(code: str, taken: str) -> None:
    (step,) = in_a_folder_of_its_own(example(code)).program.steps
    assert step.code == taken


def test_what_is_shown_of_such_a_place_is_not_promised() -> None:
    code = "a = opened('/path/to/db.json')  # => 'at /path/to/db.json'\nb = count(a)  # => 3"
    shown = in_a_folder_of_its_own(example(code))
    assert dict(shown.remarks) == {"b": "3"}
