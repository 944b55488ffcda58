"""Tells a call that answers with None from one that never answers anything."""

from __future__ import annotations

import ast
import dis
import types
from typing import Any, Dict, Optional


def may_answer(code: str, space: Dict[str, Any]) -> bool:
    """What is called here gives values elsewhere, or nothing is called: an attribute is read.

    Whoever reads `assert cart.find("tea") is None` learns something; of `cart.clear()` not.
    """
    try:
        node = ast.parse(code.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return False
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "asyncio.run":
        node = node.args[0]
    if not isinstance(node, ast.Call):
        return isinstance(node, (ast.Attribute, ast.Subscript))
    body = _body_of(_called(node.func, space))
    return body is not None and _returns_a_value(body)


def _called(node: ast.expr, space: Dict[str, Any]) -> Any:
    """What the names stand for, as far as that can be asked without calling anything."""
    if isinstance(node, ast.Name):
        return space.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _called(node.value, space)
        try:
            return getattr(owner, node.attr, None)
        except Exception:
            return None
    return None


def _body_of(called: Any) -> Optional[types.CodeType]:
    function = getattr(called, "__func__", called)
    if not isinstance(function, (type, types.FunctionType)) and callable(function):
        function = vars(type(function)).get("__call__")
    function = getattr(function, "__wrapped__", function)
    return getattr(function, "__code__", None)


def _returns_a_value(body: types.CodeType) -> bool:
    before = None
    for instruction in dis.get_instructions(body):
        if instruction.opname == "RETURN_CONST" and instruction.argval is not None:
            return True
        # Where it is reached from two sides, the other one brings a value.
        brings = instruction.is_jump_target or not _loads_none(before)
        if instruction.opname == "RETURN_VALUE" and brings:
            return True
        before = instruction
    return False


def _loads_none(instruction: Optional[dis.Instruction]) -> bool:
    return (
        instruction is not None
        and instruction.opname == "LOAD_CONST"
        and instruction.argval is None
    )
