"""A block below the code shows what it prints, where the words between them say so."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.evidence.printed import is_among
from itc_tui.engines.builtin.evidence.snippets import pieces_of

CODE = "```python\nprint(total())\n```\n"


@pytest.mark.parametrize(
    "between", ["This gives:", "Output:", "**Output**", "which prints:", "and you will see:"]
)
def test_a_fenced_block_that_is_announced_is_the_output(between: str) -> None:
    text = f"{CODE}\n{between}\n\n```\n3 EUR\n```\n"
    (piece, *_) = pieces_of(text, "README.md")
    assert piece.printed == "3 EUR"


def test_a_literal_block_is_announced_by_the_line_that_opens_it() -> None:
    text = ".. code-block:: python\n\n    print(total())\n\nRunning this gets us::\n\n"
    text += "    $ python total.py\n    3 EUR\n    4 EUR\n"
    (piece, *_) = pieces_of(text, "README.rst")
    assert piece.printed == "3 EUR\n4 EUR"


@pytest.mark.parametrize(
    "below",
    [
        "Then run the tests:\n\n```\nmake test\n```\n",
        "This gives:\n\n```python\nmore()\n```\n",
        "This gives:\n",
        "It prints a total. You may add a file:\n\n```\na.txt\n```\n",
        "One.\n\nTwo.\n\nThree.\n\nThis gives:\n\n```\n3 EUR\n```\n",
    ],
)
def test_another_block_is_none(below: str) -> None:
    (piece, *_) = pieces_of(f"{CODE}\n{below}", "README.md")
    assert piece.printed == ""


def test_lines_are_found_one_after_the_other() -> None:
    assert is_among("b \nc", "a\nb\nc  \nd")
    assert is_among("a", "a")
    assert not is_among("b\nd", "a\nb\nc\nd")
    assert not is_among("", "a")
