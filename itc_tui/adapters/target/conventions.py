"""What a project's formatter, pytest settings and own tests say of how tests are written."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from itc_tui.adapters.target.project_files import PytestSettings, ini_of, pyproject_of, table
from itc_tui.domain.case_syntax import dotted
from itc_tui.domain.conventions import Conventions

_SHORTEST, _LONGEST = 60, 200
_USUAL = 88
"""What black and ruff keep to where nothing is said."""
_MOST_FILES = 200


def conventions_of(root: Path, settings: PytestSettings, tests_dir: str) -> Conventions:
    ruff = _ruff(root)
    return Conventions(
        line_length=_line_length(root, ruff),
        quote="'" if _wants_single_quotes(ruff) else '"',
        style="unittest" if _is_unittest_only(root, tests_dir) else "pytest",
        function_patterns=settings.python_functions,
        class_patterns=settings.python_classes,
    )


def _ruff(root: Path) -> Mapping[str, Any] | None:
    """Its settings from the file that ruff itself would take; None where there are none."""
    for name in (".ruff.toml", "ruff.toml"):
        try:
            return tomllib.loads((root / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
    tool = table(pyproject_of(root), "tool")
    return table(tool, "ruff") if "ruff" in tool else None


def _line_length(root: Path, ruff: Mapping[str, Any] | None) -> int:
    tool = table(pyproject_of(root), "tool")
    said = [
        (ruff or {}).get("line-length"),
        table(tool, "black").get("line-length"),
        _editor_length(root),
        *(
            ini_of(root / name).get("flake8", "max-line-length", fallback="")
            for name in (".flake8", "setup.cfg", "tox.ini")
        ),
    ]
    for value in said:
        if str(value).isdigit() and _SHORTEST <= int(str(value)) <= _LONGEST:
            return int(str(value))
    formats = ruff is not None or "black" in tool
    return _USUAL if formats else Conventions().line_length


def _editor_length(root: Path) -> str:
    """`max_line_length` of the last section of .editorconfig that speaks of Python files."""
    found, speaks = "", False
    try:
        lines = (root / ".editorconfig").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    for line in lines:
        line = line.split("#")[0].strip()
        if line.startswith("["):
            speaks = line == "[*]" or bool(re.search(r"\*\.(?:py\b|\{[^}]*\bpy\b)", line))
        elif speaks and (match := re.match(r"max_line_length\s*=\s*(\d+)", line)):
            found = match[1]
    return found


def _wants_single_quotes(ruff: Mapping[str, Any] | None) -> bool:
    settings = ruff or {}
    by_format = table(settings, "format").get("quote-style")
    by_lint = table(settings, "lint", "flake8-quotes").get("inline-quotes")
    old = table(settings, "flake8-quotes").get("inline-quotes")
    return "single" in (by_format, by_lint, old)


def _is_unittest_only(root: Path, tests_dir: str) -> bool:
    """There are tests, and every one of them is a method of a TestCase."""
    seen = 0
    for file in _test_files(root, tests_dir):
        try:
            tree = ast.parse(file.read_text(encoding="utf-8"))
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        kinds = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        cases = [one for one in kinds if any("TestCase" in dotted(base) for base in one.bases)]
        seen += len(cases)
        if _speaks_pytest(tree):
            return False
    return seen > 0


def _speaks_pytest(tree: ast.Module) -> bool:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            return True
        if isinstance(node, ast.Import) and any(one.name == "pytest" for one in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and node.module == "pytest":
            return True
    return False


def _test_files(root: Path, tests_dir: str) -> Iterator[Path]:
    home = PurePosixPath(tests_dir)
    folder = root / (home.parent if home.name == "integration" else home)
    names = sorted({*folder.rglob("test*.py"), *folder.rglob("*_test.py")})
    yield from names[:_MOST_FILES]
