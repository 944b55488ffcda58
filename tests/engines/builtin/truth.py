"""What the docstrings and names of written tests say, held against their bodies; and what stands
there for nobody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from itc_tui.engines.builtin.writing.acts import SPOKEN
from itc_tui.engines.builtin.writing.naming import slug

_STRATEGY = re.compile(r"Test strategy: (.*?)(?: Success criteria:|$)")


def untrue(text: str) -> list[str]:
    """Every call that a strategy names stands in the body, and so does what the name speaks of."""
    tests = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    return [f"{test.name}: {lie}" for test in tests for lie in _lies_in(test)]


def _lies_in(test: ast.FunctionDef) -> list[str]:
    says = " ".join((ast.get_docstring(test) or "").split())
    body = [node for statement in test.body[1:] for node in ast.walk(statement)]
    there = [one.attr for one in body if isinstance(one, ast.Attribute)]
    there += [one.id for one in body if isinstance(one, ast.Name)]
    found = _STRATEGY.search(says)
    lies = []
    for said in _calls(found[1]) if found else []:
        name = said.rpartition(".")[2]
        if not name.startswith("__") and name not in there:
            lies.append(f"says that {said} is called")
    subjects = {slug(word) for name in there for word in (name, SPOKEN.get(name, name)) if word}
    title = test.name.removeprefix("test_")
    is_prose = found is None or not found[1].startswith(("call", "make"))
    if not (is_prose or any(word and word in title for word in subjects | set(SPOKEN.values()))):
        lies.append("is named for nothing that it calls")
    return [*lies, *_lost(test.body), *_private(body)]


def _lost(body: list[ast.stmt]) -> Iterator[str]:
    """What a name is given, and then something else, before anybody asks."""
    for at, statement in enumerate(body):
        given = set(_given_by(statement))
        for later in body[at + 1 :]:
            again = given & set(_given_by(later))
            if given & _read_in(later):
                break
            if again:
                yield f"gives {', '.join(sorted(again))} twice, and nobody asks in between"
                break


def _given_by(statement: ast.stmt) -> Iterator[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    targets = [statement.target] if isinstance(statement, ast.AnnAssign) else targets
    return (one.id for one in targets if isinstance(one, ast.Name))


def _read_in(statement: ast.stmt) -> set[str]:
    names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
    return {one.id for one in names if isinstance(one.ctx, ast.Load)}


def _private(body: list[ast.AST]) -> Iterator[str]:
    """What an owner keeps to himself; what named tuples offer is public all the same."""
    for node in body:
        for part in ast.walk(node) if isinstance(node, ast.Assert) else ():
            name = part.attr if isinstance(part, ast.Attribute) else ""
            is_own = name.startswith("_") and not name.endswith("__")
            if is_own and name not in ("_replace", "_asdict", "_fields", "_make"):
                yield f"asserts {name}"


def _calls(strategy: str) -> list[str]:
    for part in strategy.split("; "):
        if part.startswith("call "):
            part = re.sub(r", then (\w+)$", r" and \1", part)
            words = re.sub(r" and \\d+ more$", "", part.removeprefix("call "))
            return [said.strip() for said in re.split(r", | and ", words) if " more" not in said]
    return []
