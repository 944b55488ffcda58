"""Files that an example reads, and that whoever follows the document makes first."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from itc_tui.engines.builtin.evidence.sections import Block
from itc_tui.engines.builtin.evidence.snippets import Example
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh

_NAME = re.compile(r"(?:[\w.-]+/)*[\w-][\w.-]*\.([a-z]\w{1,5})")
_SAME = {"yml": "yaml", "htm": "html", "markdown": "md", "cfg": "ini", "conf": "ini"}
_NEAR = 3
"""Lines above a block in which its file may be named."""
_MOST_READ, _MOST_GIVEN = 80, 3
_READERS = ("read_text", "read_bytes", "open")
_LOOKS = {
    "yaml": re.compile(r"^\s*(?:- \S|[\w\"'-]+:(?: |$))", re.M),
    "ini": re.compile(r"^\[[^\]\n]+\]\n\s*[\w.-]+ *[=:]", re.M),
    "xml": re.compile(r"\s*<[?\w][^>]*>"),
    "html": re.compile(r"\s*<[!\w][^>]*>"),
    "csv": re.compile(r"(?:[^,\n]+,)+[^,\n]+\n(?:[^,\n]*,)+"),
}


class Sample(NamedTuple):
    """A block of a document that is no code."""

    language: str
    text: str
    file: str = ""
    """As the document calls it."""
    place: str = ""
    """`docs/rules.rst:12`"""


def sample_of(text: str, place: str, block: Block) -> Sample:
    """`place`: where the text begins, of which that is a block."""
    language, body, line = block
    document, _, first = place.rpartition(":")
    ended = body.rstrip() + "\n"  # the line that parts a block from the text is none of it
    at = f"{document}:{int(first) + line - 1}"
    return Sample(language, ended, file_named_above(text, line, body), at)


def file_named_above(text: str, line: int, body: str) -> str:
    """What the block that begins there is called: in its first line, or just above it."""
    first = body.split("\n", 1)[0]
    above = text.split("\n")[max(line - 1 - _NEAR, 0) : line]
    for told in (
        first if first.lstrip().startswith(("#", "//", ";", "<!--")) else "",
        *above[::-1],
    ):
        if names := [found[0] for found in _NAME.finditer(told) if found[1] != "py"]:
            return names[-1]
    return ""


def with_their_files(
    examples: Iterable[Example], samples: Sequence[Sample]
) -> tuple[list[Example], list[Example]]:
    """The examples, each with the file that it reads; and the same with other texts in it."""
    first: list[Example] = []
    more: list[Example] = []
    for example in examples:
        name, is_read = _wanted_of(example.program)
        known = list(_texts_for(name, samples)) if name else []
        if not known:
            first.append(example)
            continue
        made = [
            _reading(example, name, one) for one in known[: _MOST_READ if is_read else _MOST_GIVEN]
        ]
        # A name that is handed over may be that of a file to be written.
        first.append(made.pop(0) if is_read else example)
        more += made
    return first, more


def _wanted_of(program: Program) -> tuple[str, bool]:
    """The one file that is read, or else handed over, and which of both it is."""
    read: list[str] = []
    handed: list[str] = []
    for step in program.steps:
        for node in ast.walk(_tree(step.text)):
            if isinstance(node, ast.Call):
                read += _read_by(node)
                handed += _files_in([*node.args, *(one.value for one in node.keywords)])
    names = set(read) or set(handed)
    written = {name for step in program.steps for name in _written_by(step.text)}
    return (names.pop(), bool(read)) if len(names - written) == 1 == len(names) else ("", False)


def _read_by(call: ast.Call) -> list[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    if name not in _READERS or _is_for_writing(call):
        return []
    if isinstance(call.func, ast.Attribute):
        inner = call.func.value
        is_path = isinstance(inner, ast.Call) and ast.unparse(inner.func).endswith("Path")
        return _files_in(inner.args) if is_path and isinstance(inner, ast.Call) else []
    return _files_in(call.args[:1])


def _is_for_writing(call: ast.Call) -> bool:
    modes = [one for one in call.args[1:2] if isinstance(one, ast.Constant)]
    modes += [
        one.value
        for one in call.keywords
        if one.arg == "mode" and isinstance(one.value, ast.Constant)
    ]
    return any(isinstance(one.value, str) and not one.value.startswith("r") for one in modes)


def _written_by(code: str) -> Iterator[str]:
    for node in ast.walk(_tree(code)):
        if (
            isinstance(node, ast.Call)
            and "open" in ast.unparse(node.func)
            and _is_for_writing(node)
        ):
            yield from _files_in(node.args[:1])


def _files_in(nodes: Iterable[ast.expr]) -> list[str]:
    texts = [
        one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    return [text for text in texts if _NAME.fullmatch(text)]


def _texts_for(name: str, samples: Sequence[Sample]) -> Iterator[Sample]:
    """What the document calls so, then what is marked as such, then what looks like it."""
    kind = name.rpartition(".")[2]
    kind = _SAME.get(kind, kind)
    own = [
        one
        for one in samples
        if one.file and one.file.rpartition("/")[2] == name.rpartition("/")[2]
    ]
    marked = [one for one in samples if _SAME.get(one.language, one.language) == kind]
    like = [one for one in samples if not one.language and _looks_like(kind, one.text)]
    told: set[str] = set()
    for one in (*own, *marked, *like):
        if one.text not in told:
            told.add(one.text)
            yield one if one in own else one._replace(file="")


def _looks_like(kind: str, text: str) -> bool:
    if kind in ("json", "toml"):
        try:
            return bool(json.loads(text) if kind == "json" else tomllib.loads(text))
        except ValueError:
            return False
    pattern = _LOOKS.get(kind)
    return pattern is not None and pattern.search(text) is not None


def _reading(example: Example, name: str, sample: Sample) -> Example:
    """What the document shows for it is only promised where the file is the document's own."""
    path = fresh("path")
    steps = [
        Step(path, f"tmp_path / {name.rpartition('/')[2]!r}"),
        Step("", f"{path}.write_text({sample.text!r}, encoding='utf-8')"),
    ]
    put = _Put(name, path)
    for step in example.program.steps:
        steps += put.into(step) if name in step.code else [step]
    program = example.program._replace(steps=tuple(steps)).in_order()
    if sample.file:
        return example._replace(program=program)
    # It shows what is there of the text, more than what it says about files.
    origin = sample.place or example.origin
    return example._replace(program=program, origin=origin, wanted={}, remarks={})


class _Put(ast.NodeTransformer):
    """The path of the file, in the place of its name."""

    def __init__(self, name: str, path: str) -> None:
        self._name, self._path = name, path
        self._may_open = False
        self._opened: list[Step] = []

    def into(self, step: Step) -> list[Step]:
        """The statement, within the block that closes what it opens."""
        tree = _tree(step.code)
        self._opened = []
        self._may_open = step.kind == "with" or any(map(_is_block, ast.walk(tree)))
        code = ast.unparse(self.visit(tree))
        if self._opened and self._opened[0].var == code:
            return [self._opened[0]._replace(var=step.var)]
        return [*self._opened, step._replace(code=code)]

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """What takes a path is given one."""
        name = ast.unparse(node.func).rpartition(".")[2]
        self.generic_visit(node)
        if name not in ("open", "Path") or not node.args or not self._is_path(node.args[0]):
            return node
        if name == "Path":
            return ast.Name(self._path, ast.Load())
        node.args[0] = ast.Name(self._path, ast.Load())
        if self._may_open:
            return node
        file = fresh("file")
        self._opened.append(Step(file, ast.unparse(node), "with"))
        return ast.Name(file, ast.Load())

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if node.value != self._name:
            return node
        return ast.parse(f"str({self._path})", mode="eval").body

    def _is_path(self, node: ast.expr) -> bool:
        return ast.unparse(node) == f"str({self._path})"


def _is_block(node: ast.AST) -> bool:
    return isinstance(node, ast.With | ast.AsyncWith)


def _tree(code: str) -> ast.AST:
    try:
        return ast.parse(code.strip())
    except SyntaxError:
        return ast.Module([], [])
