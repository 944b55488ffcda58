"""A name that does not exist is replaced by the nearest one that does."""

from __future__ import annotations

import ast
import re

from itc_tui.engines.builtin.repairs.damage import Damage, Mended, nearest, replaced, with_import

_NO_NAME = re.compile(r"cannot import name '([^']+)' from '([^']+)'")
_NO_MODULE = re.compile(r"No module named '([^']+)'")
_NO_ATTRIBUTE = re.compile(
    r"(?:type object |module )?'([^']+)'(?: object)? has no attribute '([^']+)'"
)
_UNDEFINED = re.compile(r"name '([^']+)' is not defined")


def mend_import(damage: Damage) -> Mended | None:
    said = f"{damage.facts.failure.error}\n{damage.facts.failure.traceback}"
    known = damage.product.known
    if found := _NO_NAME.search(said):
        wrong, module = found[1], found[2]
        names = known.modules.get(module)
        homes = [m for m, n in known.modules.items() if wrong in n.defined - n.origins.keys()]
        home, right = (homes[0], wrong) if len(homes) == 1 else (module, "")
        if not right and names:
            right = nearest(wrong, names.defined)
        return _reimported(damage, module, wrong, home, right) if right else None
    found = _NO_MODULE.search(said)
    if not found or not known.is_own(found[1]):
        return None
    right = nearest(found[1], known.modules)
    return _module_renamed(damage, found[1], right) if right else None


def mend_undefined(damage: Damage) -> Mended | None:
    """A name that the product has, but the test did not import."""
    found = _UNDEFINED.search(damage.facts.failure.error)
    if not found:
        return None
    wrong = found[1]
    homes = [m for m, names in damage.product.known.modules.items() if wrong in names.code]
    if len(homes) == 1:
        statement = f"from {homes[0]} import {wrong}"
        return Mended(with_import(damage.text, statement), 1, statement, (), 0.85)
    imported = {
        alias.asname or alias.name
        for node in ast.walk(damage.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    right = nearest(wrong, imported)
    return _names_renamed(damage, wrong, right) if right else None


def mend_attribute(damage: Damage) -> Mended | None:
    found = _NO_ATTRIBUTE.search(damage.facts.said)
    if not found or not damage.facts.is_raised_in_test:
        return None
    owner, wrong = found[1], found[2]
    module = damage.product.known.modules.get(owner)
    right = nearest(wrong, module.defined if module else damage.product.members_of(owner))
    if not right:
        return None
    line = damage.facts.failing_line
    for node in ast.walk(damage.tree):
        if not isinstance(node, ast.Attribute) or node.attr != wrong:
            continue
        if node.lineno <= line <= (node.end_lineno or line):
            text = replaced(damage.text, node, f"{ast.unparse(node.value)}.{right}")
            return Mended(text, line, f"{owner} has no {wrong}; it has {right}", (), 0.75)
    return None


def _reimported(damage: Damage, module: str, wrong: str, home: str, right: str) -> Mended | None:
    for node in ast.walk(damage.tree):
        if not isinstance(node, ast.ImportFrom) or node.module != module:
            continue
        for alias in node.names:
            if alias.name != wrong:
                continue
            local = alias.asname or wrong
            statement = f"from {home} import {right}" + (f" as {local}" if local != right else "")
            others = [other for other in node.names if other is not alias]
            kept = ast.unparse(ast.ImportFrom(module, others, 0)) if others else ""
            new = "\n".join(part for part in (kept, statement) if part)
            what = f"{wrong} is not in {module}; {right} of {home} is"
            return Mended(replaced(damage.text, node, new), node.lineno, what, (), 0.8)
    return None


def _module_renamed(damage: Damage, wrong: str, right: str) -> Mended | None:
    for node in ast.walk(damage.tree):
        if isinstance(node, ast.ImportFrom) and node.module == wrong:
            new = ast.unparse(ast.ImportFrom(right, node.names, 0))
            what = f"there is no module {wrong}; there is {right}"
            return Mended(replaced(damage.text, node, new), node.lineno, what, (), 0.8)
    return None


def _names_renamed(damage: Damage, wrong: str, right: str) -> Mended | None:
    if damage.function is None:
        return None
    text = damage.text
    places = [n for n in ast.walk(damage.function) if isinstance(n, ast.Name) and n.id == wrong]
    for node in sorted(places, key=lambda n: (n.lineno, n.col_offset), reverse=True):
        text = replaced(text, node, right)
    return Mended(text, damage.facts.failing_line, f"{wrong} is not defined; {right} is", (), 0.6)
