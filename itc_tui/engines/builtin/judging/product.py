"""The target's own source as the judge reads it: names, functions, and what they promise."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from itc_tui.domain.case_syntax import FunctionNode
from itc_tui.domain.known_names import KnownNames, know
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.inside.parsing import parsed_source

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "build", "dist"})
_RAISES = re.compile(r"\bRaises?\b|:raises?\b", re.I)


class Product:
    """Reads files of the person's tree; never runs or writes any."""

    def __init__(self, target: Target) -> None:
        self._root = Path(target.root)
        self._target = target

    def text(self, path: str) -> str:
        file = (self._root / path).resolve()
        if not file.is_relative_to(self._root.resolve()) or not file.is_file():
            return ""
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    @cached_property
    def files(self) -> dict[str, str]:
        """Dotted module name → path relative to the root."""
        return dict(self._modules())

    @property
    def everything(self) -> str:
        """All its text, to see whether any of it has changed."""
        return "\0".join(map(self.text, self.files.values()))

    @cached_property
    def known(self) -> KnownNames:
        return know({module: self.text(path) for module, path in self.files.items()})

    def is_product(self, path: str) -> bool:
        return path in self.files.values()

    def function_at(self, path: str, line: int) -> FunctionNode | None:
        """The innermost function around a line."""
        best: FunctionNode | None = None
        for node in self._walk(path):
            is_around = isinstance(node, FunctionNode) and (
                node.lineno <= line <= (node.end_lineno or node.lineno)
            )
            if isinstance(node, FunctionNode) and is_around:
                best = node if best is None or node.lineno >= best.lineno else best
        return best

    def sources_of(self, names: set[str]) -> list[str]:
        """Text of the functions with these names, and of those that they call by name."""
        functions: dict[str, list[str]] = {}
        for path in self.files.values():
            for node in self._walk(path):
                if isinstance(node, FunctionNode):
                    functions.setdefault(node.name, []).append(ast.unparse(node))
        near = [text for name in names for text in functions.get(name, ())]
        further = {name for text in near for name in re.findall(r"(\w+)\(", text)} - names
        return near + [text for name in further for text in functions.get(name, ())]

    def documented_errors(self, path: str, line: int) -> dict[str, str]:
        """Error → where it is promised, for the function around a line."""
        function = self.function_at(path, line)
        text = ast.get_docstring(function) if function else None
        if not function or not text or not _RAISES.search(text):
            return {}
        after = text[_RAISES.search(text).start() :]  # type: ignore[union-attr]
        names = re.findall(r"\b([A-Z]\w*(?:Error|Exception|Exists|Found|[A-Z]\w+))\b", after)
        return dict.fromkeys(names, f"docstring of {function.name} at {path}:{function.lineno}")

    def members_of(self, class_name: str) -> set[str]:
        """Methods, fields and attributes of a class of the target, those of its bases included."""
        found: set[str] = set()
        todo, seen = [class_name], set()
        while todo:
            name = todo.pop()
            if name in seen:
                continue
            seen.add(name)
            for path in self.files.values():
                for node in self._walk(path):
                    if isinstance(node, ast.ClassDef) and node.name == name:
                        found |= _members(node)
                        todo += [ast.unparse(base).rsplit(".", 1)[-1] for base in node.bases]
        return found

    def quote(self, evidence: str) -> str:
        """The promise itself, where the evidence names a file and line."""
        place = re.search(r"([\w./-]+\.py):(\d+)", evidence)
        if not place:
            return ""
        path, line = place[1], int(place[2])
        lines = self.text(path).splitlines()
        if not 0 < line <= len(lines):
            return ""
        function = self.function_at(path, line)
        promised = ast.get_docstring(function) if function and "docstring" in evidence else None
        return (promised or lines[line - 1]).strip().split("\n\n")[0]

    def _modules(self) -> Iterator[tuple[str, str]]:
        for source_root in self._target.source_roots:
            top = self._root / source_root
            for package in self._target.packages:
                single = (top / package).with_suffix(".py")
                for file in [single] if single.is_file() else sorted((top / package).rglob("*.py")):
                    parts = file.relative_to(top).with_suffix("").parts
                    if _SKIPPED & set(parts):
                        continue
                    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
                    yield name, file.relative_to(self._root).as_posix()

    def _walk(self, path: str) -> Iterator[ast.AST]:
        try:
            yield from ast.walk(parsed_source(self.text(path)))
        except (SyntaxError, ValueError):
            return


def _members(node: ast.ClassDef) -> set[str]:
    found = set()
    for inner in ast.walk(node):
        if isinstance(inner, FunctionNode):
            found.add(inner.name)
        elif isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store):
            found.add(inner.attr)
        elif isinstance(inner, ast.AnnAssign | ast.Assign) and inner in node.body:
            targets = inner.targets if isinstance(inner, ast.Assign) else [inner.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found
