"""Whole test files: imports, docstrings, and one function per case."""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from itc_tui.engines.builtin.writing.body import Body
from itc_tui.engines.builtin.writing.definitions import definitions
from itc_tui.engines.builtin.writing.layout import width


@dataclass(frozen=True)
class Telling:
    """What a test's docstring says."""

    summary: str
    scope: str = ""
    impact: str = ""
    strategy: str = ""
    success: str = ""


def function_text(
    name: str, telling: Telling, body: Body, imports: set[str], indent: int = 0
) -> str:
    """`imports` are those that only this function may have; indented, it is a method."""
    pad, inner = " " * indent, " " * (indent + 4)
    parameters = "self" if indent else ", ".join(body.fixtures)
    own = [inner + line for line in sorted(imports)]
    own += [""] if own else []
    head = pad + _head(name, parameters, indent)
    return "\n".join([head, *_docstring(telling, indent + 4), *own, *body.lines])


def docstring_lines(text: str, indent: int) -> list[str]:
    return (" " * indent + '"""' + _wrapped(text, indent, width() - indent - 6) + '"""').split("\n")


def _head(name: str, parameters: str, indent: int) -> str:
    line = f"def {name}({parameters}):"
    if len(line) + indent <= width() or not parameters:
        return line
    pad = " " * (indent + 4)
    return f"def {name}(\n{pad}{parameters}\n{' ' * indent}):"


def file_text(
    docstring: str,
    imports: set[str],
    functions: Sequence[str],
    packages: Collection[str],
    defines: Collection[str] = (),
) -> str:
    """`defines`: functions of ours that the tests call."""
    own, needed = definitions(defines)
    functions = [*own, *functions]
    imports = _used(imports | needed, functions)
    head = '"""' + _wrapped(docstring, 0, width() - 6) + '"""'
    blocks = _import_blocks(imports, packages)
    parts = [head, *blocks]
    return "\n\n".join(parts) + "\n\n\n" + "\n\n\n".join(functions) + "\n"


def _used(imports: set[str], functions: Sequence[str]) -> set[str]:
    """Without the names that no function speaks of any more; a whole module may be there for what
    importing it does."""
    said = set(re.findall(r"[^\W\d]\w*", "\n".join(functions)))
    return {line for line in imports if line.startswith("import ") or _names_given(line) & said}


def _names_given(line: str) -> set[str]:
    (node,) = ast.parse(line).body
    names = node.names if isinstance(node, ast.ImportFrom) else ()
    return {alias.asname or alias.name for alias in names}


def _docstring(telling: Telling, indent: int) -> list[str]:
    pad = " " * indent
    rows = [
        f"{label}: {text}"
        for label, text in (
            ("Integration scope", telling.scope),
            ("Business impact", telling.impact),
            ("Test strategy", telling.strategy),
            ("Success criteria", telling.success),
        )
        if text
    ]
    first = _safe(telling.summary)
    if not rows:
        return [f'{pad}"""{first}"""']
    lines = [f'{pad}"""{_wrapped(first, indent, width() - indent - 6)}', ""]
    for row in rows:
        wrapped = textwrap.wrap(_safe(row), width() - indent, subsequent_indent="    ")
        lines.extend(pad + line for line in wrapped)
    lines.append(f'{pad}"""')
    return lines


def _wrapped(text: str, indent: int, width: int) -> str:
    pad = "\n" + " " * indent
    return pad.join(textwrap.wrap(_safe(text), width)) or "Integration tests."


def _safe(text: str) -> str:
    text = text.replace("\\", "/").replace('"""', "'''")
    return text[:-1] + "'" if text.endswith('"') else text


def _import_blocks(imports: set[str], packages: Collection[str]) -> list[str]:
    """Standard library, third party, the target's own; each sorted, names of one module joined."""
    froms: dict[str, set[str]] = {}
    plain: set[str] = set()
    for line in imports:
        node = ast.parse(line).body[0]
        if isinstance(node, ast.ImportFrom):
            froms.setdefault(node.module or "", set()).update(
                ast.unparse(alias) for alias in node.names
            )
        elif isinstance(node, ast.Import):
            plain.update(ast.unparse(alias) for alias in node.names)
    rows: dict[int, list[str]] = {0: [], 1: [], 2: []}

    def room(module: str) -> int:
        top = module.split(".")[0].split(" ")[0]
        return 2 if top in packages else 0 if top in sys.stdlib_module_names else 1

    for module in sorted(plain):
        rows[room(module)].append(f"import {module}")
    for module in sorted(froms):
        rows[room(module)].append(_from_line(module, sorted(froms[module])))
    return ["\n".join(rows[place]) for place in (0, 1, 2) if rows[place]]


def _from_line(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= width():
        return line
    inner = "".join(f"    {name},\n" for name in names)
    return f"from {module} import (\n{inner})"
