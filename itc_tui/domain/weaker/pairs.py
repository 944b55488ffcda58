"""One assertion before and after an edit: is it the same, another value, or less?"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass

from itc_tui.domain.case_syntax import Assertion, Strength, called
from itc_tui.domain.weaker.flow import Flow


@dataclass(frozen=True)
class Change:
    what: str
    may_be_corrected: bool = False
    """A new value, which evidence can justify; otherwise it is refused whatever is said."""
    old: str = ""
    new: str = ""


#: Wrapped around what is looked at, these take nothing away …
_HARMLESS = frozenset({"list", "tuple", "asyncio.run"})
#: … and these take its order away, which needs evidence that no order was promised.
_ORDERLESS = frozenset({"sorted", "Counter", "collections.Counter"})
_ANYTHING = ("ANY", "Anything", "IsInstance", "Contains", "anything")


def changes(before: Assertion, after: Assertion, old: Flow, new: Flow) -> Iterator[Change]:
    """Every respect in which `after` says something else than `before`."""
    if after.strength < before.strength:
        yield Change(f"`{before.text}` became `{after.text}`, which says less")
        return
    if after.is_conditional and not before.is_conditional:
        yield Change(f"`{after.text}` may now never be reached")
    if before.relation == "raises" or after.relation == "raises":
        yield from _raising(before, after)
        return
    yield from _subject(before, after, old, new)
    if before.relation == "truth" and after.text == f"{before.subject} is True":
        return
    if before.relation != after.relation:
        yield Change(f"`{before.text}` became `{after.text}`, which is another kind of check")
        return
    yield from _expected(before, after, old, new)


def _subject(before: Assertion, after: Assertion, old: Flow, new: Flow) -> Iterator[Change]:
    came_from = old.own_sources_of(before.subject)
    comes_from = new.own_sources_of(after.subject)
    if old.sources_of(before.subject) and not new.sources_of(after.subject):
        yield Change(f"`{after.subject}` no longer comes from anything that the code did")
    elif came_from and not comes_from:
        yield Change(f"`{after.subject}` no longer comes from the code under test")
    if before.subject == after.subject:
        return
    wrapped_by = _wrapping(before.subject, after.subject)
    if wrapped_by is not None:
        for name in wrapped_by:
            if name in _ORDERLESS:
                yield Change(
                    f"the order is no longer checked: `{after.text}`", True, "an order", "any order"
                )
            elif name not in _HARMLESS:
                yield Change(f"`{before.subject}` is only looked at through `{after.subject}`")
    elif _rounding(after.subject) < _rounding(before.subject):
        yield Change(f"`{after.subject}` is rounded more than `{before.subject}`")
    elif _outline(before.subject) != _outline(after.subject):
        yield Change(
            f"`{after.subject}` is looked at instead of `{before.subject}`",
            True,
            before.subject,
            after.subject,
        )


def _expected(before: Assertion, after: Assertion, old: Flow, new: Flow) -> Iterator[Change]:
    was, becomes = old.written_out(before.expected), new.written_out(after.expected)
    if was == becomes:
        return
    if any(word in ast_names(becomes) - ast_names(was) for word in _ANYTHING):
        yield Change(f"`{becomes}` equals anything")
    elif _tolerance(becomes) != _tolerance(was):
        yield Change(f"the tolerance of `{after.text}` is not that of `{before.text}`")
    elif after.relation in ("in", "<", "<=", ">", ">=") and _is_wider(after.relation, was, becomes):
        yield Change(f"`{after.text}` lets more pass than `{before.text}`")
    elif _is_written(was) and not _is_written(becomes):
        yield Change(f"`{becomes}` is computed where `{was}` was written down")
    elif new.own_sources_of(after.expected) - old.own_sources_of(before.expected):
        yield Change(f"`{becomes}` asks the code under test what to expect")
    else:
        yield Change(f"expects `{becomes}` instead of `{was}`", True, was, becomes)


def _raising(before: Assertion, after: Assertion) -> Iterator[Change]:
    if before.relation != after.relation:
        yield Change(f"`{before.text}` became `{after.text}`, which is another kind of check")
        return
    old, new = _kinds(before.subject), _kinds(after.subject)
    if new != old:
        if new > old or any(_is_broader(kind, other) for kind in new for other in old):
            yield Change(f"raises({after.subject}) lets more pass than raises({before.subject})")
        else:
            yield Change(
                f"expects {after.subject} instead of {before.subject}",
                True,
                before.subject,
                after.subject,
            )
    if before.expected and before.expected != after.expected:
        if not after.expected or after.expected.strip("rf'\"") in ("", ".*", ".", ".+", "^"):
            yield Change(f"the message of {before.subject} is no longer checked")
        else:
            yield Change(
                f"expects the message {after.expected} instead of {before.expected}",
                True,
                before.expected,
                after.expected,
            )


def _kinds(subject: str) -> set[str]:
    return {
        part.strip().rsplit(".", 1)[-1] for part in subject.strip("()").split(",") if part.strip()
    }


def _is_broader(kind: str, other: str) -> bool:
    wide, narrow = getattr(builtins, kind, None), getattr(builtins, other, None)
    if kind in ("Exception", "BaseException"):
        return True
    return (
        isinstance(wide, type)
        and isinstance(narrow, type)
        and wide is not narrow
        and issubclass(narrow, wide)
    )


def _wrapping(inner: str, outer: str) -> list[str] | None:
    """Names of what is put around `inner` to make `outer`; None when it is not in there."""
    try:
        node: ast.expr = ast.parse(outer, mode="eval").body
    except SyntaxError:
        return None
    if inner not in {ast.unparse(part) for part in ast.walk(node) if isinstance(part, ast.expr)}:
        return None
    around = []
    while ast.unparse(node) != inner:
        if isinstance(node, ast.Await):
            node = node.value
        elif isinstance(node, ast.Call) and len(node.args) == 1 and called(node):
            around.append(called(node))
            if node.keywords:
                around.append("an option")
            node = node.args[0]
        else:
            return [*around, type(node).__name__]
    return around


def _outline(text: str) -> str:
    """The shape of an expression without its names and values: a rename keeps it."""
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return text
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = "_"
        elif isinstance(node, ast.Attribute):
            node.attr = "_"
        elif isinstance(node, ast.Call):
            node.args, node.keywords = [], []
        elif isinstance(node, ast.Constant):
            node.value = 0
    text = ast.unparse(tree)
    return text.removeprefix("await ").replace("(await _)", "_")


def _rounding(text: str) -> float:
    """How many digits `round` leaves; without it, all."""
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return float("inf")
    digits = float("inf")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) == "round":
            second = node.args[1] if len(node.args) > 1 else ast.Constant(0)
            is_plain = isinstance(second, ast.Constant) and isinstance(second.value, int)
            digits = min(digits, float(second.value) if is_plain else -1)  # type: ignore[attr-defined]
    return digits


def _tolerance(text: str) -> list[str]:
    """Every option of `approx`, `isclose`, and of assertAlmostEqual."""
    parts = [part.strip() for part in text.split(",")]
    found = [part for part in parts if part.startswith(("places=", "delta="))]
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return found
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node).rsplit(".", 1)[-1] in ("approx", "isclose"):
            found += ["approx", *map(ast.unparse, node.args[1:])]
            found += sorted(f"{kw.arg}={ast.unparse(kw.value)}" for kw in node.keywords)
    return found


def _is_wider(relation: str, was: str, becomes: str) -> bool:
    try:
        old, new = ast.literal_eval(was), ast.literal_eval(becomes)
    except (ValueError, SyntaxError):
        return False
    try:
        if relation == "in":
            return bool(set(new) > set(old)) if not isinstance(new, str) else old in new
        return bool(new > old) if relation.startswith("<") else bool(new < old)
    except TypeError:
        return False


def _is_written(text: str) -> bool:
    """It holds no name that could bring a value from elsewhere, but for constructors and approx."""
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return True
    functions = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return not any(
        isinstance(node, ast.Name)
        and id(node) not in functions
        and node.id not in ("pytest", "datetime", "decimal")
        and not node.id[:1].isupper()
        for node in ast.walk(tree)
    )


def ast_names(text: str) -> set[str]:
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return set()
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


__all__ = ["Change", "Strength", "changes"]
