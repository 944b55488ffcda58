"""Stand-ins exist, fit what they stand for, and never replace the target's own code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from itc_tui.domain.case_syntax import CaseSyntax, FunctionNode, called, source
from itc_tui.domain.gate.reading import Reading
from itc_tui.domain.known_names import Shape, shape_of
from itc_tui.domain.requests import Issue

_PATCHING = ("patch", "setattr", "object", "multiple")
_MOCKS = frozenset({"Mock", "MagicMock", "AsyncMock", "NonCallableMock"})
_SPECS = frozenset({"spec", "spec_set", "wraps"})


@dataclass(frozen=True)
class StandIn:
    target: str
    """Dotted name of what is replaced; empty when it is not written out."""
    replacement: ast.expr | None
    line: int
    has_spec: bool


def stand_ins_fit(reading: Reading) -> Iterator[Issue]:
    for node in ast.walk(reading.tree):
        if not isinstance(node, ast.Call):
            continue
        stand_in = stand_in_of(reading, node)
        if stand_in and stand_in.target:
            yield from _objections(reading, stand_in)
        if called(node).rsplit(".", 1)[-1] in _MOCKS and not _has_spec(node):
            yield reading.issue(
                "stand-in-without-spec",
                f"`{source(node)}` accepts any call; give it spec= of what it stands for.",
                node.lineno,
            )


def stand_in_of(reading: Reading, call: ast.Call) -> StandIn | None:
    """What a `patch`, `patch.object` or `monkeypatch.setattr` replaces, and by what."""
    name = called(call)
    last = name.rsplit(".", 1)[-1]
    is_patch = last == "patch" or ".patch." in f".{name}" or name.endswith("patch.object")
    is_setattr = name in ("setattr",) or name.endswith(".setattr")
    if last not in _PATCHING or not (is_patch or is_setattr) or not call.args:
        return None
    first, rest = call.args[0], list(call.args[1:])
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        target = first.value
    else:
        attribute = rest.pop(0) if rest else None
        if not isinstance(attribute, ast.Constant) or not isinstance(attribute.value, str):
            return None
        owner = reading.origin(first)
        target = f"{owner}.{attribute.value}" if owner else ""
    replacement = rest[0] if rest else _keyword(call, "new") or _keyword(call, "side_effect")
    return StandIn(target, replacement, call.lineno, _has_spec(call))


def calls_fit_their_signatures(reading: Reading) -> Iterator[Issue]:
    """Calls of the target's functions, as far as their signatures are known."""
    expected_to_fail = _inside_raises(reading)
    for node in ast.walk(reading.tree):
        if not isinstance(node, ast.Call) or node in expected_to_fail:
            continue
        name = reading.origin(node.func)
        shape = reading.known.shape_of(name) if name else None
        if shape is None or _is_unbound(reading, name):
            continue
        objection = shape.objection_to(node)
        if objection:
            yield reading.issue("wrong-call", f"{name} {objection}.", node.lineno)


def replaces_own_code(reading: Reading, target: str) -> bool:
    """True when the name is a function or class of the target, or an attribute of one."""
    known = reading.known
    if not known.is_own(target):
        return False
    module, rest = known.split(target)
    if not rest:
        return True
    names = known.modules[module]
    head = rest.split(".")[0]
    if head in names.code:
        return True
    if head in names.origins:
        return known.is_own(names.origins[head]) and replaces_own_code(
            reading, ".".join([names.origins[head], *rest.split(".")[1:]])
        )
    return not head.isupper() and head not in names.defined


def _objections(reading: Reading, stand_in: StandIn) -> Iterator[Issue]:
    known, target = reading.known, stand_in.target
    module, rest = known.split(target)
    names = known.modules.get(module)
    head = rest.split(".")[0]
    if names and head and not names.is_open and head not in names.defined:
        yield reading.issue(
            "stand-in-missing", f"{target} does not exist: {module} has no {head}.", stand_in.line
        )
    elif known.is_own(target) and replaces_own_code(reading, target):
        yield reading.issue(
            "stand-in-own-code",
            f"{target} is the repository's own code; only what lies outside may be replaced.",
            stand_in.line,
        )
    else:
        shape = known.shape_of(target)
        replacement = _shape_of_replacement(reading, stand_in.replacement)
        if shape and replacement and not _fits(shape, replacement):
            yield reading.issue(
                "stand-in-signature",
                f"The stand-in for {target} cannot be called as {target} is.",
                stand_in.line,
            )


def _shape_of_replacement(reading: Reading, node: ast.expr | None) -> Shape | None:
    if isinstance(node, ast.Lambda):
        made: FunctionNode = ast.FunctionDef("f", node.args, [], [], None)
        return shape_of(made, is_method=False)
    if isinstance(node, ast.Name) and node.id in reading.functions:
        return shape_of(reading.functions[node.id], is_method=False)
    return None


def _fits(real: Shape, stand_in: Shape) -> bool:
    """Whatever the real one accepts at least, the stand-in accepts too, and asks for no more."""
    fewer = len(stand_in.positional) < len(real.positional) and not stand_in.takes_more
    return not fewer and len(stand_in.required) <= max(len(real.positional), len(real.required))


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _has_spec(call: ast.Call) -> bool:
    given = {keyword.arg for keyword in call.keywords}
    is_positional = called(call).rsplit(".", 1)[-1] in _MOCKS and bool(call.args)
    return bool(given & (_SPECS | {"autospec"})) or is_positional


def _inside_raises(reading: Reading) -> set[ast.Call]:
    """A wrong call may be exactly what is tried."""
    found: set[ast.Call] = set()
    for node in ast.walk(reading.tree):
        if isinstance(node, ast.With) and any(
            called(item.context_expr).endswith("raises") for item in node.items
        ):
            found |= {inner for inner in ast.walk(node) if isinstance(inner, ast.Call)}
    return found


def _is_unbound(reading: Reading, name: str) -> bool:
    """`Class.method(instance, …)` has one argument more than the method's shape."""
    module, rest = reading.known.split(name)
    return "." in rest and rest.split(".")[0] in reading.known.modules[module].code


__all__ = ["CaseSyntax", "StandIn", "calls_fit_their_signatures", "replaces_own_code"]
__all__ += ["stand_in_of", "stand_ins_fit"]
