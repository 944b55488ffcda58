"""A `unittest.TestCase` around test methods: what each of them needs, it sets up and takes down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from itc_tui.engines.builtin.writing.files import docstring_lines
from itc_tui.engines.builtin.writing.layout import quoted

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
    "taken": (
        (
            'patch = mock.patch("sys.stderr", new_callable=io.StringIO)',
            "self.complained = patch.start()",
            "self.addCleanup(patch.stop)",
        ),
        frozenset({"from types import SimpleNamespace"}),
    ),
}
"""Attribute of the case → statements of `setUp`, and what they import."""


_TAKEN = """\
    def taken(self):
        \"\"\"What was printed since it was taken last.\"\"\"
        said = SimpleNamespace(out=self.printed.getvalue(), err=self.complained.getvalue())
        for stream in (self.printed, self.complained):
            stream.seek(0)
            stream.truncate()
        return said"""


def class_text(
    name: str,
    says: str,
    needs: Iterable[str],
    methods: Sequence[str],
    stand_ins: Collection[str] = (),
) -> str:
    """`methods` are functions laid out for a level of four; `stand_ins` are context managers."""
    lines = [f"class {name}(unittest.TestCase):", *docstring_lines(says, 4), ""]
    asked = [need for need in _SET_UPS if need in set(needs)]
    if asked or stand_ins:
        lines.append("    def setUp(self):")
        lines += [f"        {line}" for need in asked for line in _SET_UPS[need][0]]
        lines += [f"        self.{one} = self.enterContext({one}())" for one in stand_ins]
        lines.append("")
    if "taken" in asked:
        lines += [quoted(_TAKEN), ""]
    return "\n".join(lines) + "\n" + "\n\n".join(methods)


def imports_for(needs: Iterable[str], text: str) -> set[str]:
    """What `setUp` and the methods use of the standard library."""
    imports = {line for need in needs if need in _SET_UPS for line in _SET_UPS[need][1]}
    if "os." in text:
        imports.add("import os")
    if "mock." in text:
        imports.add("from unittest import mock")
    return imports
