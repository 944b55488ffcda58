"""What an edit changes around the assertions: skips, swallowed errors, stand-ins, ways out."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from itc_tui.domain.case_syntax import FunctionNode, called, dotted, source, statements_of
from itc_tui.domain.counting import counted
from itc_tui.domain.gate.reading import Reading
from itc_tui.domain.gate.stand_ins import replaces_own_code, stand_in_of
from itc_tui.domain.weaker.flow import is_under_test

_SKIPPING = frozenset({"skip", "skipif", "xfail", "importorskip", "expectedFailure", "SkipTest"})
_SKIPPING |= {"skipUnless", "skipIf", "skipTest", "flaky", "repeat", "reruns", "deselect"}
_LEAVING = frozenset({"exit", "_exit", "abort", "quit", "kill", "execv", "register_assert_rewrite"})
#: With these anything can be done unseen.
_BACKDOORS = frozenset({"exec", "eval", "__dict__", "__code__", "__class__", "__setattr__", "vars"})
_BACKDOORS |= {"globals", "locals", "builtins", "__builtins__", "ctypes", "gc", "__test__"}
_BACKDOORS |= {
    "collect_ignore",
    "collect_ignore_glob",
    "pytest_plugins",
    "addaudithook",
    "settrace",
    "setprofile",
    "pluginmanager",
}
_MARKS = frozenset({"asyncio", "anyio", "usefixtures", "parametrize", "timeout", "django_db"})
_MOCKS = frozenset({"Mock", "MagicMock", "AsyncMock", "create_autospec", "PropertyMock"})


def of_function(before: FunctionNode, after: FunctionNode) -> Iterator[str]:
    """What is said of one test function, beside its assertions."""
    old, new = _shape(before), _shape(after)
    for what, sentence in _SENTENCES.items():
        if new[what] > old[what]:
            yield sentence
    if _widest_raises(after) > max(_widest_raises(before), 1):
        yield "more statements than before may raise the expected error"
    known = {source(decorator) for decorator in before.decorator_list}
    for decorator in after.decorator_list:
        name = called(decorator) or dotted(decorator)
        if source(decorator) in known or name.rsplit(".", 1)[-1] in _MARKS:
            continue
        yield f"the decorator `{source(decorator)}` is new"
    yield from _parameters(before, after)


def of_file(before: Reading, after: Reading) -> Iterator[tuple[str, str, int]]:
    """What is said of the whole file: (function, what, line)."""
    yield from _new_words(before, after)
    yield from _new_stand_ins(before, after)
    yield from _replaced_names(before, after)
    names = Counter(case.name for case in after.cases)
    for name, count in names.items():
        if count > 1:
            yield name, "is defined twice: the second hides the first", 0
    for node in ast.walk(after.tree):
        if isinstance(node, FunctionNode):
            if node.name.startswith("pytest_") and node.name not in before.functions:
                yield "", f"{node.name} is a hook that changes how pytest judges", node.lineno
            if node.name in ("__eq__", "__ne__", "__bool__") and node.name not in before.functions:
                yield "", f"{node.name} decides what counts as equal", node.lineno


_SENTENCES = {
    "handlers": "an error is swallowed by a new `except` or `suppress`",
    "returns": "it may return before its assertions",
    "yields": "it became a generator, whose body pytest does not run",
    "negations": "a failing assertion is expected to fail",
}


def _shape(function: FunctionNode) -> Counter[str]:
    count: Counter[str] = Counter()
    for statement, _ in statements_of(function.body):
        if isinstance(statement, FunctionNode | ast.ClassDef):
            continue
        count["returns"] += isinstance(statement, ast.Return | ast.Continue | ast.Break)
        if isinstance(statement, ast.Try | ast.TryStar):
            count["handlers"] += len(statement.handlers)
            count["handlers"] += any(isinstance(s, ast.Return) for s in statement.finalbody)
    for node in ast.walk(function):
        name = called(node).rsplit(".", 1)[-1]
        count["handlers"] += name == "suppress"
        count["yields"] += isinstance(node, ast.Yield | ast.YieldFrom)
        if name in ("raises", "assertRaises") and isinstance(node, ast.Call):
            count["negations"] += "AssertionError" in source(node)
            count["negations"] += "Failed" in source(node)
    return count


def _widest_raises(function: FunctionNode) -> int:
    return max(
        (
            len(node.body)
            for node in ast.walk(function)
            if isinstance(node, ast.With)
            and any(called(item.context_expr).endswith("raises") for item in node.items)
        ),
        default=0,
    )


def _parameters(before: FunctionNode, after: FunctionNode) -> Iterator[str]:
    """Rows of `parametrize` that are gone; changed rows need evidence like any expectation."""
    old, new = _rows(before), _rows(after)
    if len(new) < len(old):
        yield f"its parameters have lost {counted(len(old) - len(new), 'row')}"


def changed_rows(before: FunctionNode, after: FunctionNode) -> tuple[tuple[str, str], ...]:
    old, new = _rows(before), _rows(after)
    return tuple((was, is_now) for was, is_now in zip(old, new, strict=False) if was != is_now)


def _rows(function: FunctionNode) -> list[str]:
    rows = []
    for decorator in function.decorator_list:
        if called(decorator).endswith("parametrize") and isinstance(decorator, ast.Call):
            for argument in decorator.args[1:2]:
                if isinstance(argument, ast.List | ast.Tuple):
                    rows += [source(row) for row in argument.elts]
                else:
                    rows.append(source(argument))
    return rows


def _words(reading: Reading) -> Counter[str]:
    found: Counter[str] = Counter()
    for node in ast.walk(reading.tree):
        if isinstance(node, ast.Name):
            found[node.id] += 1
        elif isinstance(node, ast.Attribute):
            found[node.attr] += 1
        elif isinstance(node, ast.alias):
            found[node.name.rsplit(".", 1)[-1]] += 1
        elif isinstance(node, ast.Constant) and node.value == "sys.modules":
            found["modules"] += 1
    return found


def _new_words(before: Reading, after: Reading) -> Iterator[tuple[str, str, int]]:
    old, new = _words(before), _words(after)
    reasons = (
        (_SKIPPING, "`{}` leaves a test out, or runs it until it passes"),
        (_LEAVING, "`{}` ends the run before it is judged"),
        (_BACKDOORS, "`{}` can change the code under test unseen"),
        (_MOCKS, "`{}` is a new stand-in"),
        (frozenset({"modules"}), "`sys.{}` can replace the code under test"),
    )
    for words, sentence in reasons:
        for word in sorted(words):
            if new[word] > old[word]:
                node, function = _where(after, word)
                yield function, sentence.format(word), getattr(node, "lineno", 0)


def _where(reading: Reading, word: str) -> tuple[ast.AST | None, str]:
    for node in ast.walk(reading.tree):
        if word in (getattr(node, "id", ""), getattr(node, "attr", "")):
            return node, reading.issue("", "", getattr(node, "lineno", 0)).function
    return None, ""


def _new_stand_ins(before: Reading, after: Reading) -> Iterator[tuple[str, str, int]]:
    known = {source(node) for node in ast.walk(before.tree) if isinstance(node, ast.Call)}
    for node in ast.walk(after.tree):
        if not isinstance(node, ast.Call) or source(node) in known:
            continue
        name = called(node)
        is_patching = name == "setattr" or name.endswith((".setattr", ".delattr", ".setitem"))
        is_patching |= f".{name}".endswith(".patch") or ".patch." in f".{name}"
        if not is_patching:
            continue
        function = after.issue("", "", node.lineno).function
        stand_in = stand_in_of(after, node)
        if stand_in is None or not stand_in.target:
            first = after.origin(node.args[0]) if node.args else ""
            if not first or is_under_test(after, first):
                yield function, f"`{source(node)}` replaces something unseen", node.lineno
        elif _is_own(after, stand_in.target):
            yield (
                function,
                f"`{stand_in.target}` is the code under test, and is replaced",
                node.lineno,
            )


def _is_own(reading: Reading, target: str) -> bool:
    if reading.known.modules:
        return replaces_own_code(reading, target)
    return is_under_test(reading, target)


def _replaced_names(before: Reading, after: Reading) -> Iterator[tuple[str, str, int]]:
    """Something imported that now is made here, comes from elsewhere, or is assigned to."""
    made = _made_here(after)
    for name, origin in before.origins.items():
        if name in made and name not in _made_here(before):
            yield (
                "",
                f"`{name}` was imported from {origin} and is now made in the test file",
                made[name],
            )
        other = after.origins.get(name)
        if other and not _is_same_thing(origin, other, before):
            yield "", f"`{name}` came from {origin} and now comes from {other}", 0
    tests = {case.name.rsplit("::", 1)[-1] for case in before.cases}
    for name in tests & made.keys():
        yield name, "is assigned over", made[name]
    for node in ast.walk(after.tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                root = target
                while isinstance(root, ast.Attribute | ast.Subscript):
                    root = root.value
                if root is target or source(target) in _assigned_places(before):
                    continue
                place = after.issue("", "", node.lineno).function
                yield place, f"`{source(target)}` is set by the test itself", node.lineno


def _is_same_thing(origin: str, other: str, reading: Reading) -> bool:
    """Itself, found elsewhere in its package; or what stands in for a name that never was."""
    if origin.split(".")[0] != other.split(".")[0]:
        return False
    if origin.rsplit(".", 1)[-1] == other.rsplit(".", 1)[-1]:
        return True
    module, rest = reading.known.split(origin)
    names = reading.known.modules.get(module)
    return names is not None and not names.is_open and rest.split(".")[0] not in names.defined


def _assigned_places(reading: Reading) -> set[str]:
    return {
        source(node)
        for node in ast.walk(reading.tree)
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store)
    }


def _made_here(reading: Reading) -> dict[str, int]:
    """Names bound by anything but an import or a definition of a test."""
    tests = {id(case.node) for case in reading.cases}
    made = {}
    for node in ast.walk(reading.tree):
        if isinstance(node, FunctionNode | ast.ClassDef) and id(node) not in tests:
            made[node.name] = node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            made[node.id] = node.lineno
        elif isinstance(node, ast.arg):
            made[node.arg] = node.lineno
        elif isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            made[node.name] = node.lineno
        elif isinstance(node, ast.MatchMapping) and node.rest:
            made[node.rest] = node.lineno
    return made
