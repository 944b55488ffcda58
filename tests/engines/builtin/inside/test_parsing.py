"""What cannot be worked with is refused where it is parsed, whatever is wrong with it."""

from __future__ import annotations

import ast

import pytest

from itc_tui.engines.builtin.inside.parsing import MOST_LEVELS, parsed_source


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "1 + " * 400 + "1\n",
        "x = " + "1 + " * 20_000 + "1\n",
        "x = it" + ".next()" * 400 + "\n",
        "def f(x):\n    return [\n" + "not " * 400 + "x]\n",
        "@f(" + "-" * 400 + "1)\nclass A: pass\n",
        "x = 1\0",
        "x = (",
    ],
    ids=["sum", "endless", "chain", "lines", "decorator", "nul", "broken"],
)
def test_all_that_can_be_wrong_is_one_error(text: str) -> None:
    with pytest.raises(SyntaxError):
        parsed_source(text)


def test_what_it_gives_can_be_written_again() -> None:
    whole = "x = " + "1 + " * (MOST_LEVELS - 5) + "1"
    assert ast.unparse(parsed_source(whole)) == whole


def test_many_branches_are_no_depth() -> None:
    branches = "".join(f"    elif n == {n}:\n        return {n}\n" for n in range(400))
    tree = parsed_source("def f(n):\n    if n:\n        return 0\n" + branches)
    assert isinstance(tree.body[0], ast.FunctionDef)
