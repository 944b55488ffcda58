"""The formatter, pytest's settings and the tests that are there say how new tests are written."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from itc_tui.adapters.target.conventions import conventions_of
from itc_tui.adapters.target.project_files import pytest_settings
from itc_tui.domain.conventions import Conventions


def conventions(root: Path, **files: str) -> Conventions:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return conventions_of(root, pytest_settings(root), "tests/integration")


def test_nothing_said_leaves_what_is_usual(tmp_path: Path) -> None:
    assert conventions(tmp_path) == Conventions()


@pytest.mark.parametrize(
    ("file", "text", "length"),
    [
        ("pyproject.toml", "[tool.ruff]\nline-length = 79\n", 79),
        ("ruff.toml", "line-length = 120\n", 120),
        ("pyproject.toml", "[tool.black]\nline-length = 72\n", 72),
        ("pyproject.toml", "[tool.black]\n", 88),
        ("pyproject.toml", "[tool.ruff.lint]\nselect = ['E']\n", 88),
        (".editorconfig", "[*]\nindent_size = 2\n[*.{js,py}]\nmax_line_length = 110\n", 110),
        (".editorconfig", "[*.js]\nmax_line_length = 110\n", 100),
        (".flake8", "[flake8]\nmax-line-length = 95\n", 95),
        ("pyproject.toml", "[tool.ruff]\nline-length = 9999\n", 88),
    ],
)
def test_the_line_length_is_the_formatters(
    tmp_path: Path, file: str, text: str, length: int
) -> None:
    assert conventions(tmp_path, **{file: text}).line_length == length


@pytest.mark.parametrize(
    "text",
    [
        "[tool.ruff.format]\nquote-style = 'single'\n",
        "[tool.ruff.lint.flake8-quotes]\ninline-quotes = 'single'\n",
    ],
)
def test_the_quotes_are_the_formatters(tmp_path: Path, text: str) -> None:
    assert conventions(tmp_path, **{"pyproject.toml": text}).quote == "'"


CASES = "import unittest\nclass OrderTest(unittest.TestCase):\n    def test_it(self): ...\n"


@pytest.mark.parametrize(
    ("more", "style"),
    [
        ("", "unittest"),
        ("def test_plain(): ...\n", "pytest"),
        ("import pytest\n", "pytest"),
        ("from pytest import raises\n", "pytest"),
    ],
)
def test_a_suite_of_nothing_but_test_cases_gets_more_of_them(
    tmp_path: Path, more: str, style: str
) -> None:
    files = {"tests/test_order.py": CASES, "tests/deep/test_more.py": more}
    assert conventions(tmp_path, **files).style == style


@pytest.mark.parametrize(
    ("patterns", "name"),
    [
        (("test",), "test_places_an_order"),
        (("test_*", "check_*"), "test_places_an_order"),
        (("check_*",), "check_places_an_order"),
        (("it",), "it_places_an_order"),
        (("*_works",), "places_an_order_works"),
    ],
)
def test_functions_are_named_as_pytest_collects_them_here(
    patterns: tuple[str, ...], name: str
) -> None:
    assert Conventions(function_patterns=patterns).function_name("places_an_order") == name


@pytest.mark.parametrize(
    ("patterns", "name"),
    [
        (("Test",), "TestDesk"),
        (("*Test", "Test*"), "TestDesk"),
        (("*Tests",), "DeskTests"),
        (("Check",), "CheckDesk"),
    ],
)
def test_classes_are_named_as_pytest_collects_them_here(
    patterns: tuple[str, ...], name: str
) -> None:
    assert Conventions(class_patterns=patterns).class_name("Desk") == name


def test_patterns_are_read_from_the_settings_of_pytest(tmp_path: Path) -> None:
    text = "[pytest]\npython_functions = check_* test_*\npython_classes = *Spec\n"
    found = conventions(tmp_path, **{"pytest.ini": text})
    assert found.function_patterns == ("check_*", "test_*")
    assert found.class_patterns == ("*Spec",)
