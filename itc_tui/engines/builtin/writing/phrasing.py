"""How a test says what must hold: in pytest's words, or in those of `unittest`."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from typing import Protocol

from itc_tui.engines.builtin.inside.seeing import OF_ONE_SYSTEM
from itc_tui.engines.builtin.writing.layout import asserted, laid_out, quoted


class Phrasing(Protocol):
    name: str
    imports: frozenset[str]
    """What every file needs."""

    def own_folder(self) -> list[str]:
        """The statements that change into `tmp_path`."""
        ...

    def asserted(self, left: str, right: str, indent: int) -> str: ...

    def raising(self, kind: str, message: str, indent: int) -> tuple[str, set[str]]:
        """The head of the block in which it must be raised, and what that imports."""
        ...

    def code(self, text: str) -> str:
        """Code of a program as this style has it."""
        ...

    @property
    def caught(self) -> str:
        """Where the name of a block in which something is raised has the error."""
        ...

    @property
    def printed(self) -> str:
        """What was printed, as an expression."""
        ...


class PytestPhrasing:
    name = "pytest"
    imports: frozenset[str] = frozenset()
    printed = "capsys.readouterr().out"
    caught = "value"

    def own_folder(self) -> list[str]:
        return ["monkeypatch.chdir(tmp_path)"]

    def asserted(self, left: str, right: str, indent: int) -> str:
        return asserted(left, right, indent)

    def raising(self, kind: str, message: str, indent: int) -> tuple[str, set[str]]:
        pattern, needs = _pattern(message)
        match = f", match={pattern}" if pattern else ""
        head = laid_out(quoted(f"pytest.raises({kind}{match})"), indent, "with ", ":")
        return head, {"import pytest", *needs}

    def code(self, text: str) -> str:
        return text


class UnittestPhrasing:
    name = "unittest"
    imports = frozenset({"import unittest"})

    def __init__(self, own: Collection[str] = ()) -> None:
        """`own`: names of stand-ins, which are attributes of the case here."""
        self._own = re.compile(rf"\b(?<!\.)({'|'.join(map(re.escape, ['tmp_path', *own]))})\b")

    printed = "self.printed.getvalue()"
    caught = "exception"

    def own_folder(self) -> list[str]:
        return ["self.addCleanup(os.chdir, os.getcwd())", "os.chdir(self.tmp_path)"]

    def asserted(self, left: str, right: str, indent: int) -> str:
        if not right:
            return _of_truth(left, indent)
        if right in ("True", "False"):
            node = ast.parse(left, mode="eval").body
            if right == "True" and left.startswith("isinstance("):
                return _of_truth(left, indent)
            if isinstance(node, ast.Compare):
                return laid_out(f"self.assert{right}({left})", indent)
            return laid_out(f"self.assertIs({left}, {right})", indent)
        if right == "None":
            return laid_out(f"self.assertIsNone({left})", indent)
        return laid_out(f"self.assertEqual({left}, {right})", indent)

    def raising(self, kind: str, message: str, indent: int) -> tuple[str, set[str]]:
        pattern, needs = _pattern(message)
        call = f"assertRaisesRegex({kind}, {pattern})" if pattern else f"assertRaises({kind})"
        return laid_out(quoted(f"self.{call}"), indent, "with ", ":"), set(needs)

    def code(self, text: str) -> str:
        text = _SET_ARGUMENTS.sub(r"self.enterContext(mock.patch.object(sys, 'argv', \1))", text)
        text = _SET_VARIABLE.sub(r"self.enterContext(mock.patch.dict(os.environ, {\1: \2}))", text)
        text = _UNSET_VARIABLE.sub(
            r"self.enterContext(mock.patch.dict(os.environ)).pop(\1, None)", text
        )
        text = _SET_NAME.sub(r"self.enterContext(mock.patch(\1))", text)
        text = re.sub(r"\bcapsys\.readouterr\(\)", "self.taken()", text)
        return self._own.sub(r"self.\1", text)


_SET_ARGUMENTS = re.compile(r"^monkeypatch\.setattr\(sys, 'argv', (\[.*\])\)$")
_SET_VARIABLE = re.compile(r"^monkeypatch\.setenv\(('[^']*'), (.*)\)$", re.S)
_SET_NAME = re.compile(r"^monkeypatch\.setattr\(('[\w.]+', (?:None|False))\)$")
_UNSET_VARIABLE = re.compile(r"\bmonkeypatch\.delenv\(('[^']*'), raising=False\)")


def phrasing_of(style: str, own: Collection[str] = ()) -> Phrasing:
    return UnittestPhrasing(own) if style == "unittest" else PytestPhrasing()


def _pattern(message: str) -> tuple[str, tuple[str, ...]]:
    numbered = OF_ONE_SYSTEM.search(message)
    if numbered is not None:
        message = message[: numbered.start()].rstrip()
    if not message:
        return "", ()
    if re.search(r"[.^$*+?{}\[\]\\|()]", message):
        return f"re.escape({message!r})", ("import re",)
    return repr(message), ()


_METHODS: dict[type[ast.cmpop], str] = {
    ast.Eq: "Equal",
    ast.NotEq: "NotEqual",
    ast.In: "In",
    ast.NotIn: "NotIn",
    ast.Is: "Is",
    ast.IsNot: "IsNot",
    ast.Lt: "Less",
    ast.LtE: "LessEqual",
    ast.Gt: "Greater",
    ast.GtE: "GreaterEqual",
}


def _of_truth(left: str, indent: int) -> str:
    node = ast.parse(left, mode="eval").body
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        method = _METHODS[type(node.ops[0])]
        sides = f"{ast.unparse(node.left)}, {ast.unparse(node.comparators[0])}"
        return laid_out(f"self.assert{method}({sides})", indent)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance":
        inner = ", ".join(map(ast.unparse, node.args))
        return laid_out(f"self.assertIsInstance({inner})", indent)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return laid_out(f"self.assertFalse({ast.unparse(node.operand)})", indent)
    return laid_out(f"self.assertTrue({left})", indent)
