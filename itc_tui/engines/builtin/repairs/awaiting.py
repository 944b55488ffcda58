"""A coroutine that nobody awaited is awaited."""

from __future__ import annotations

import ast

from itc_tui.domain.case_syntax import FunctionNode
from itc_tui.engines.builtin.repairs.damage import Damage, Mended, replaced, with_import


def mend_coroutine(damage: Damage) -> Mended | None:
    function = damage.function
    if function is None or "coroutine" not in _seen(damage):
        return None
    is_async = isinstance(function, ast.AsyncFunctionDef)
    parents = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
    for call in ast.walk(function):
        if not isinstance(call, ast.Call) or not _is_coroutine(damage, call):
            continue
        around = parents.get(call)
        if isinstance(around, ast.Await) or "asyncio.run" in ast.unparse(around or call):
            continue
        inner = ast.unparse(call)
        if is_async:
            return Mended(
                replaced(damage.text, call, f"(await {inner})"), call.lineno, f"await {inner}"
            )
        text = replaced(damage.text, call, f"asyncio.run({inner})")
        return Mended(
            with_import(text, "import asyncio"),
            call.lineno,
            f"{inner} is a coroutine; it is run to its end",
            (),
            0.85,
        )
    return None


def _seen(damage: Damage) -> str:
    comparison = damage.facts.failure.comparison
    return damage.facts.failure.error + (comparison.left if comparison else "")


def _is_coroutine(damage: Damage, call: ast.Call) -> bool:
    name = ast.unparse(call.func).rsplit(".", 1)[-1]
    for module, names in damage.product.known.modules.items():
        for key, shape in names.shapes.items():
            if shape.is_async and key.rsplit(".", 1)[-1] == name:
                return bool(module)
    return any(
        isinstance(node, FunctionNode)
        and isinstance(node, ast.AsyncFunctionDef)
        and node.name == name
        for node in damage.tree.body
    )
