"""A package that reads Python is given Python to read."""

from __future__ import annotations

import ast
import random
import types

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.patterns import fitting_texts
from itc_tui.engines.builtin.inside.pool import Pool
from itc_tui.engines.builtin.inside.python_samples import SAMPLES, reads_python
from itc_tui.engines.builtin.inside.surface import Surface
from itc_tui.engines.builtin.inside.texts import Words
from itc_tui.engines.builtin.inside.typed import typed_argument


def module(source: str) -> types.ModuleType:
    made = types.ModuleType("reading")
    exec(source, vars(made))
    return made


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def test_who_imports_a_reader_of_python_reads_python() -> None:
    assert reads_python(module("import ast"))
    assert reads_python(module("from tokenize import TokenInfo"))
    assert not reads_python(module("import json\nast = 'a word'"))


def test_samples_are_among_the_texts_that_fit_and_some_are_broken() -> None:
    texts = fitting_texts([module("import ast")], {}, random.Random(1))["reading"]
    assert set(SAMPLES) <= set(texts)
    assert len([text for text in SAMPLES if not parses(text)]) == 2


def test_a_syntax_tree_that_is_asked_for_is_parsed_from_a_sample() -> None:
    rng = random.Random(2)
    maker = Arguments(Surface(), Pool(rng), Words({}, [], {}, rng), {}, rng)
    made = typed_argument(maker, ast.Module, "", 0)
    assert made is not None
    assert isinstance(eval(made.code, {"ast": ast}), ast.Module)
