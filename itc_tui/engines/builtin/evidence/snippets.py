"""Example code from docstrings, documents and example files, cut into pieces that run alone."""

from __future__ import annotations

import ast
import doctest
import re
import textwrap
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from itc_tui.engines.builtin.evidence.asserting import asserted_in
from itc_tui.engines.builtin.evidence.leaning import Line, is_all, needed_of, parsed
from itc_tui.engines.builtin.evidence.printed import printed_after, rows_printed
from itc_tui.engines.builtin.evidence.remarks import remark_on
from itc_tui.engines.builtin.evidence.sections import Sections, needed_by
from itc_tui.engines.builtin.evidence.variables import Setting
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.one_line import is_literal

_FENCE = re.compile(r"([ \t]*)(```|~~~)[ \t]*([\w+-]*)[^\n]*")
_FENCE_LINE = re.compile(r"^[ \t]*(```|~~~)[^\n]*$", re.M)
_DIRECTIVE = re.compile(
    r"^([ \t]*)(?=\S)(?:\.\. (?:code-block|code|sourcecode|ipython)::[ \t]*(\w*)"
    r"|\.\. (?:testsetup|testcode|jupyter-execute)::[^\n]*|(?!\.\. \w)[^\n]*::)[ \t]*\n"
    r"(?:\1[ \t]+:[^\n]*\n)*\s*\n((?:\1[ \t]+[^\n]*\n|[ \t]*\n)+)",
    re.M,
)
_MAX_STATEMENTS = 10


class Example(NamedTuple):
    origin: str
    """`README.md:12, “Usage”`"""
    program: Program
    wanted: dict[str, str]
    """Variable → what the document shows for it (a doctest's output)."""
    is_self_contained: bool = True
    """It takes up nothing of earlier pieces, or all that they do; else it may lack a cause."""
    settings: tuple[Setting, ...] = ()
    """Environment variables that the document sets before it."""
    remarks: Mapping[str, str] = MappingProxyType({})
    """Variable → what a comment says that it is."""
    printed: str = ""
    """What the document shows that it prints, all in all."""


class Piece(NamedTuple):
    origin: str
    lines: list[Line]
    settings: tuple[Setting, ...] = ()
    printed: str = ""


def pieces_of(text: str, file: str, first_line: int = 1) -> Iterator[Piece]:
    """Runs of example code in a document or docstring, top to bottom."""
    found = list(_prompts(text, file, first_line)) if ">>>" in text else []
    blocks = list(blocks_of(text))
    rows = text.split("\n")
    for language, body, at in blocks:
        if ">>>" in body or language not in ("", "python", "py", "python3", "pycon"):
            continue
        lines = _statements(body, at + first_line - 1)
        if lines:
            printed = printed_after((language, body, at), blocks, rows)
            found.append(Piece(f"{file}:{at + first_line - 1}", lines, printed=printed))
    # What is shown at a prompt may lean on a block above it, and a block on what a prompt did.
    sections = Sections(text, blocks)
    for piece in sorted(found, key=lambda piece: piece.lines[0].number):
        at = piece.lines[0].number - first_line
        heading = sections.heading_at(at)
        origin = f"{piece.origin}, “{heading}”" if heading else piece.origin
        yield piece._replace(origin=origin, settings=sections.settings_at(at))


def blocks_of(text: str) -> Iterator[tuple[str, str, int]]:
    """Fenced blocks and reST literal blocks: language, text, line."""
    yield from _fenced(text.split("\n"))
    if "::" in text:
        for match in _DIRECTIVE.finditer(text):
            body = textwrap.dedent(match[3])
            yield (match[2] or "").lower(), body, text[: match.start()].count("\n") + 1


def _fenced(lines: list[str]) -> Iterator[tuple[str, str, int]]:
    """Line by line: a fence that is never closed sends no search through all the rest."""
    ends: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        ends.setdefault(line.rstrip(" \t"), []).append(number)
    after = 0
    for number, line in enumerate(lines):
        opening = _FENCE.fullmatch(line) if number >= after else None
        if opening is None:
            continue
        same = ends.get(opening[1] + opening[2], [])
        place = bisect_right(same, number)
        if place < len(same):
            body = "".join(f"{one}\n" for one in lines[number + 1 : same[place]])
            yield opening[3].lower(), textwrap.dedent(body), number + 1
            after = same[place] + 1


def piece_of_code(text: str, file: str) -> Piece | None:
    """A whole example file."""
    lines = _statements(text, 1)
    return Piece(file, lines) if lines else None


def _prompts(text: str, file: str, first_line: int) -> Iterator[Piece]:
    try:
        # The end of a block of Markdown is no output; its line stays, for the numbers of the rest.
        examples = doctest.DocTestParser().get_examples(_FENCE_LINE.sub("", text))
    except ValueError:
        return
    lines: list[Line] = []
    last = -10
    for example in examples:
        if lines and example.lineno - last > 8:
            yield Piece(f"{file}:{lines[0].number}", lines)
            lines = []
        last = example.lineno + example.source.count("\n") + example.want.count("\n")
        number = example.lineno + first_line
        want = example.want.rstrip("\n") if example.want.strip() else None
        if "..." in (want or "") or example.options.get(doctest.SKIP):
            want = None
        error = example.exc_msg.strip() if example.exc_msg else None
        code = textwrap.dedent(example.source).strip()
        tree = parsed(code)
        if tree is not None:
            said = remark_on(tree.body[0], code.split("\n")) if tree.body else None
            is_told = bool(error or want)
            wanted = None if error else want
            lines.append(Line(code, wanted, error, number, None if is_told else said))
    if lines:
        yield Piece(f"{file}:{lines[0].number}", lines)


def _statements(text: str, first_line: int) -> list[Line]:
    tree = parsed(text)
    if tree is None:
        return []
    rows, texts = [], text.split("\n")
    for node in tree.body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.If) and "__main__" in ast.unparse(node.test):
            continue
        code = _text_of(node, texts)
        if not _can_stand_alone(code):
            continue
        rows.append(Line(code, None, None, first_line + node.lineno, remark_on(node, texts)))
    return rows


def _text_of(node: ast.stmt, lines: list[str]) -> str:
    """The statement's own text; where it is decorated, from its first decorator on.

    `ast.get_source_segment` would take the whole file apart for each.
    """
    if getattr(node, "decorator_list", None) or node.end_lineno is None:
        return ast.unparse(node)
    rows = [line.encode("utf-8") for line in lines[node.lineno - 1 : node.end_lineno]]
    rows[-1] = rows[-1][: node.end_col_offset]
    rows[0] = rows[0][node.col_offset :]
    return b"\n".join(rows).decode("utf-8")


def _can_stand_alone(code: str) -> bool:
    """It is no piece out of a function, which returns or yields."""
    try:
        compile(code, "<example>", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def examples_of(pieces: list[Piece]) -> Iterator[Example]:
    """Programs from the pieces of one document; later pieces may lean on earlier ones."""
    earlier: list[Line] = []
    told: dict[int, tuple[Setting, ...]] = {}
    """By the lines before which it is said."""
    for piece in pieces:
        told.update((line.number, piece.settings) for line in piece.lines)
        found: list[tuple[set[int], Example]] = []
        own = {line.number for line in piece.lines}
        for at in range(0, len(piece.lines), _MAX_STATEMENTS):
            part = piece.lines[at : at + _MAX_STATEMENTS]
            needed = needed_of(earlier, part)
            # What another block shows is that block's to tell, and may be wrong there alone.
            lines = [*(line if line.number in own else line.silent() for line in needed), *part]
            example = _example(piece.origin, lines)
            if example is not None:
                is_whole = example.is_self_contained and is_all(earlier, needed)
                known = dict(one for line in lines for one in told.get(line.number, ()))
                settings = needed_by([line.code for line in lines], list(known.items()))
                example = example._replace(
                    is_self_contained=is_whole, settings=settings, printed=piece.printed
                )
                found.append(({line.number for line in lines}, example))
            earlier.extend(part)
        yield from _without_beginnings(found)


def _without_beginnings(found: Sequence[tuple[set[int], Example]]) -> Iterator[Example]:
    """How one begins that goes on needs no example of its own."""
    for at, (lines, example) in enumerate(found):
        if not any(lines <= later for later, _ in found[at + 1 :]):
            yield example


def _example(origin: str, lines: list[Line]) -> Example | None:
    imports: list[str] = []
    steps: list[Step] = []
    wanted: dict[str, str] = {}
    remarks: dict[str, str] = {}
    is_whole = True
    for line in lines:
        tree = parsed(line.code)
        for node in tree.body if tree else ():
            if isinstance(node, ast.Import | ast.ImportFrom):
                if getattr(node, "level", 0) or "__future__" in line.code:
                    return None
                imports.extend(_one_by_one(node))
                continue
            if isinstance(node, ast.Try) and node.handlers:
                is_whole = False  # what it catches a test would hide; the rest may do without
                continue
            told = line.raises or line.wanted
            if told is None and isinstance(node, ast.Expr) and isinstance(node.value, ast.Name):
                continue  # a name alone does nothing
            step = _step(node, line)
            asserted = asserted_in(node) if isinstance(node, ast.Assert) else None
            if asserted and _is_name_of_one(asserted[0], steps):
                wanted[asserted[0]] = asserted[1]
                continue  # its value is looked at where it comes from
            steps.append(step)
            told = asserted[1] if told is None and asserted else told
            if told is not None and step.var and step.kind != "raw":
                wanted[step.var] = told
            if line.remark and step.var and step.kind != "raw":
                remarks[step.var] = "" if step.var in remarks else line.remark
    if not steps:
        return None
    program = Program(tuple(dict.fromkeys(imports)), tuple(steps))
    remarks = {var: text for var, text in remarks.items() if text}
    return Example(origin, program, wanted, is_whole, remarks=remarks)


def _is_name_of_one(code: str, steps: Sequence[Step]) -> bool:
    return sum(step.var == code and step.kind == "do" for step in steps) == 1


def _one_by_one(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """A line for each name, so that the same import is the same line wherever it stands."""
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            yield ast.unparse(ast.ImportFrom(node.module, [alias], 0))
        else:
            yield ast.unparse(ast.Import([alias]))


def mentions(imports: tuple[str, ...], packages: tuple[str, ...]) -> bool:
    """Whether one of the import lines names one of the packages."""
    return any(re.search(rf"\b{re.escape(name)}\b", code) for code in imports for name in packages)


def _step(node: ast.stmt, line: Line) -> Step:
    if isinstance(node, ast.Expr):
        value = node.value
        if (
            isinstance(value, ast.Call)
            and ast.unparse(value.func) == "print"
            and len(value.args) == 1
            and not value.keywords
            and not isinstance(value.args[0], ast.Starred)
        ):
            value = ast.Call(ast.Name("str", ast.Load()), [value.args[0]], [])
        if isinstance(value, ast.Name) and not is_literal(line.wanted or ""):
            # What is shown is what it says of itself; a second name for it would say nothing more.
            value = ast.Call(ast.Name("repr", ast.Load()), [value], [])
        kind = "raises" if line.raises else "do"
        return Step(fresh("shown"), ast.unparse(value), kind)
    if isinstance(node, ast.For) and line.wanted is None and (rows := rows_printed(node)):
        return Step(fresh("shown"), rows)
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        if isinstance(target, ast.Name):
            return Step(target.id, ast.unparse(node.value))
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        return Step(node.target.id, ast.unparse(node.value))
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return Step(node.name, ast.unparse(node), "raw")
    if isinstance(node, ast.Assert) and (asserted := asserted_in(node)):
        return Step(fresh("shown"), asserted[0])
    return Step("", ast.unparse(node), "raw")
