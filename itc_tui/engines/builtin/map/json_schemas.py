"""Finds JSON schemas that are written out in a module, and says what a schema asks for."""

from __future__ import annotations

import ast
from typing import Any

_MEMBERS_SHOWN = 12
_VALIDATORS = frozenset(("validate", "validator_for", "check_schema", "compile"))


def schemas_in(tree: ast.Module, text: str) -> dict[str, str]:
    """Name at the top of the module → what the schema under that name asks for."""
    written = {
        name: told
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict)
        for name in _names_of(node)
        if (told := _literal(node.value))
    }
    checked = _validated(tree) if written and "jsonschema" in text else set()
    return {
        name: describe(told)
        for name, told in written.items()
        if name in checked or "$schema" in told or _looks_like_one(told)
    }


def describe(schema: dict[str, Any]) -> str:
    """`item: string, count?: integer`; the type alone for what has no members."""
    members = schema.get("properties")
    if not isinstance(members, dict) or not members:
        return _type_of(schema)
    needed = schema.get("required")
    needed = needed if isinstance(needed, list) else []
    shown = [
        f"{name}{'' if name in needed else '?'}: {_type_of(one)}"
        for name, one in list(members.items())[:_MEMBERS_SHOWN]
    ]
    return ", ".join(shown)


def _type_of(schema: Any) -> str:
    told = schema.get("type") if isinstance(schema, dict) else None
    if isinstance(told, list):
        return " or ".join(map(str, told))
    return str(told) if told else "anything"


def _names_of(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [one.id for one in targets if isinstance(one, ast.Name)]


def _literal(node: ast.Dict) -> dict[str, Any]:
    """A dict as far as it is written out; what is computed stands as None."""
    return {
        key.value: _value(value)
        for key, value in zip(node.keys, node.values)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def _value(node: ast.expr) -> Any:
    if isinstance(node, ast.Dict):
        return _literal(node)
    if isinstance(node, ast.List | ast.Tuple):
        return [_value(one) for one in node.elts]
    return node.value if isinstance(node, ast.Constant) else None


def _looks_like_one(told: dict[str, Any]) -> bool:
    return isinstance(told.get("type"), str) and isinstance(told.get("properties"), dict)


def _validated(tree: ast.Module) -> set[str]:
    """Names that are handed to a validator: `validate(order, ORDER)`, `Draft7Validator(ORDER)`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name in _VALIDATORS or name.endswith("Validator"):
                given = [*node.args, *(one.value for one in node.keywords)]
                found |= {one.id for one in given if isinstance(one, ast.Name)}
    return found
