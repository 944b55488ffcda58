"""A `unittest.TestCase` around test methods: what each of them needs, it sets up and takes down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from itc_tui.engines.builtin.writing.files import docstring_lines

_SET_UPS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "tmp_path": (
        (
            "folder = tempfile.TemporaryDirectory()",
            "self.addCleanup(folder.cleanup)",
            "self.tmp_path = Path(folder.name)",
        ),
        frozenset({"import tempfile", "from pathlib import Path"}),
    ),
    "capsys": (
        (
            'patch = mock.patch("sys.stdout", new_callable=io.StringIO)',
            "self.printed = patch.start()",
            "self.addCleanup(patch.stop)",
        ),
        frozenset({"import io", "from unittest import mock"}),
    ),
}
"""Attribute of the case → statements of `setUp`, and what they import."""


def class_text(name: str, says: str, needs: Iterable[str], methods: Sequence[str]) -> str:
    """`methods` are functions laid out for a level of four."""
    lines = [f"class {name}(unittest.TestCase):", *docstring_lines(says, 4), ""]
    asked = [need for need in _SET_UPS if need in set(needs)]
    if asked:
        lines.append("    def setUp(self):")
        lines += [f"        {line}" for need in asked for line in _SET_UPS[need][0]]
        lines.append("")
    return "\n".join(lines) + "\n" + "\n\n".join(methods)


def imports_for(needs: Iterable[str], text: str) -> set[str]:
    """What `setUp` and the methods use of the standard library."""
    imports = {line for need in needs if need in _SET_UPS for line in _SET_UPS[need][1]}
    if "os." in text:
        imports.add("import os")
    if "mock." in text:
        imports.add("from unittest import mock")
    return imports
