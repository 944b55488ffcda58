"""A stand-in for a `TestCase`, which takes no fixtures: the same as a context manager."""

from __future__ import annotations

import ast

from itc_tui.engines.builtin.stand_ins.stand_in import StandIn

_MANAGER = "@contextlib.contextmanager\n"


def fits_a_case(stand_in: StandIn) -> bool:
    """It asks for nothing but `monkeypatch`, whose work `mock.patch` does as well."""
    (function,) = ast.parse(stand_in.source).body
    assert isinstance(function, ast.FunctionDef)
    return {one.arg for one in function.args.args} <= {"monkeypatch"}


def as_manager(stand_in: StandIn) -> tuple[str, frozenset[str]]:
    """Its text, and what that imports."""
    (function,) = ast.parse(stand_in.source).body
    assert isinstance(function, ast.FunctionDef)
    imports = {line for line in stand_in.imports if line != "import pytest"}
    imports |= {"import contextlib"}
    lines = stand_in.source.split("\n")
    start = next(at for at, line in enumerate(lines) if line.startswith("def "))
    head = f"def {function.name}():"
    docstring = lines[start + 1 : function.body[0].end_lineno]
    body = "\n".join(lines[function.body[0].end_lineno or 0 :])
    if function.args.args:
        body = _patched(body)
        imports |= {"from unittest import mock"}
        imports |= {"import os"} if "os.environ" in body else set()
        body = "    with contextlib.ExitStack() as patches:\n" + _indented(body)
    return _MANAGER + "\n".join([head, *docstring, body]), frozenset(imports)


def _patched(body: str) -> str:
    """Without `monkeypatch`; what it returned is handed out while the patches hold."""
    lines = []
    for line in body.split("\n"):
        pad, text = line[: len(line) - len(line.lstrip())], line.strip()
        if text.startswith("monkeypatch."):
            line = f"{pad}patches.enter_context({_patch(text)})"
        elif pad == "    " and text.startswith("return "):
            line = f"{pad}yield {text.removeprefix('return ')}"
        lines.append(line)
    if not any(line.lstrip().startswith("yield") for line in lines):
        lines.append("    yield")
    return "\n".join(lines)


def _patch(text: str) -> str:
    call = ast.parse(text).body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    deed = call.value.func.attr if isinstance(call.value.func, ast.Attribute) else ""
    arguments = [ast.unparse(one) for one in call.value.args]
    if deed == "setenv":
        return f"mock.patch.dict(os.environ, {{{arguments[0]}: {arguments[1]}}})"
    if len(arguments) == 2:
        return f"mock.patch({arguments[0]}, {arguments[1]})"
    return f"mock.patch.object({', '.join(arguments)})"


def _indented(body: str) -> str:
    return "\n".join("    " + line if line.strip() else line for line in body.split("\n"))
