"""Puts ready cases into test files."""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterable, Sequence

from itc_tui.domain.inventory import UnwrittenCase
from itc_tui.domain.plan import Case, Scenario
from itc_tui.domain.requests import DraftCase, DraftFile
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.handed.record import NOTHING, Handed
from itc_tui.engines.builtin.stand_ins.stand_in import StandIn
from itc_tui.engines.builtin.writing.body import body_of
from itc_tui.engines.builtin.writing.case_class import class_text, imports_for
from itc_tui.engines.builtin.writing.files import Telling, file_text, function_text
from itc_tui.engines.builtin.writing.layout import Page, on_page, quoted
from itc_tui.engines.builtin.writing.naming import slug
from itc_tui.engines.builtin.writing.phrasing import phrasing_of

Ready = tuple[Scenario, Case, Prepared]
"""A planned case with all that its test needs."""


def draft_files(
    rows: Sequence[Ready],
    target: Target,
    tests_dir: str,
    taken_paths: Iterable[str],
    unwritten: list[UnwrittenCase],
    handed: Handed = NOTHING,
) -> list[DraftFile]:
    """One file per calling module; what cannot be written goes to `unwritten` with its reason."""
    with on_page(Page(target.conventions.line_length, target.conventions.quote)):
        return _files(rows, target, tests_dir, taken_paths, unwritten, handed)


def _files(
    rows: Sequence[Ready],
    target: Target,
    tests_dir: str,
    taken_paths: Iterable[str],
    unwritten: list[UnwrittenCase],
    handed: Handed,
) -> list[DraftFile]:
    groups: dict[str, list[Ready]] = defaultdict(list)
    for row in rows:
        groups[row[0].boundary.partition(" → ")[0]].append(row)
    taken = set(taken_paths)
    files = []
    for module, own in groups.items():
        path = _free_path(f"{tests_dir.rstrip('/')}/{target.test_file_name}", module, taken)
        taken.add(path)
        file = _file(path, module, own, target, unwritten, handed)
        if file is not None:
            files.append(file)
    return files


def _file(
    path: str,
    module: str,
    rows: Sequence[Ready],
    target: Target,
    unwritten: list[UnwrittenCase],
    handed: Handed,
) -> DraftFile | None:
    stand_ins: dict[str, StandIn] = {}
    functions: list[str] = []
    cases: list[DraftCase] = []
    imports: set[str] = set()
    names: set[str] = set()
    needs: set[str] = set()
    phrasing = phrasing_of(target.conventions.style)
    indent = 4 if phrasing.name == "unittest" else 0
    group = target.conventions.class_name(_camel(module) + "Integration") if indent else ""
    for scenario, case, prepared in rows:
        body = body_of(prepared.witness, indent + 4, phrasing)
        if not body.assertions:
            reason = "nothing could be asserted that stays the same"
            unwritten.append(_unwritten(scenario, case, reason))
            continue
        words = slug(case.name)
        usual = "test_" + words if indent else target.conventions.function_name(words)
        name = _free_name(usual, names)
        local = _clashing(body.imports, imports)
        text = function_text(name, Telling(**prepared.telling), body, local, indent)
        if not _is_python(f"class _:\n{text}" if indent else text):
            unwritten.append(_unwritten(scenario, case, "its values cannot be written as Python"))
            continue
        names.add(name)
        for asked in body.fixtures:
            stand_in = handed.stand_in(asked)
            if stand_in is not None and stand_in.source:
                stand_ins[asked] = stand_in
                imports |= set(stand_in.imports)
        functions.append(text)
        needs |= set(body.fixtures)
        imports |= body.imports - local
        cases.append(
            DraftCase(
                case_id=case.id,
                scenario_id=scenario.id,
                function=f"{group}::{name}" if group else name,
                boundary=scenario.boundary,
                criticality=case.criticality,
                provenance=case.provenance,
            )
        )
    if not functions:
        return None
    others = [s.boundary.partition(" → ")[2] for s, _, _ in rows]
    docstring = f"Integration of {module} with {', '.join(dict.fromkeys(others))}."
    if group:
        says = f"{module} works through what it calls."
        functions = [class_text(group, says, needs, functions)]
        imports |= phrasing.imports | imports_for(needs, functions[0])
    package = target.packages[0] if target.packages else ""
    made = [quoted(stand_ins[name].source) for name in sorted(stand_ins)]
    return DraftFile(
        path=path,
        text=file_text(docstring, imports, [*made, *functions], package),
        boundary=" | ".join(dict.fromkeys(s.boundary for s, _, _ in rows)),
        scenario_ids=tuple(dict.fromkeys(s.id for s, _, _ in rows)),
        cases=tuple(cases),
    )


def _clashing(wanted: set[str], have: set[str]) -> set[str]:
    """Imports that would give a name of the file another meaning; they go into the function."""
    taken = {name: line for line in have for name in _names_given(line)}
    return {
        line
        for line in wanted
        if any(
            taken.get(name, line) != line or hasattr(builtins, name) for name in _names_given(line)
        )
    }


def _names_given(line: str) -> set[str]:
    node = ast.parse(line).body[0]
    if isinstance(node, ast.ImportFrom):
        return {alias.asname or alias.name for alias in node.names}
    if isinstance(node, ast.Import):
        # `import a.b` and `import a.c` give `a` the same meaning.
        return {alias.asname or alias.name for alias in node.names if "." not in alias.name}
    return set()


def _camel(module: str) -> str:
    return "".join(part.title() for part in module.rpartition(".")[2].split("_")) or "Package"


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _free_path(form: str, module: str, taken: set[str]) -> str:
    stem = f"{slug(module.replace('.', '_'))}_integration"
    path, count = form.format(stem), 1
    while path in taken:
        count += 1
        path = form.format(f"{stem}_{count}")
    return path


def _free_name(name: str, taken: set[str]) -> str:
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name}_{count}"
    return free


def _unwritten(scenario: Scenario, case: Case, reason: str) -> UnwrittenCase:
    return UnwrittenCase(case_id=case.id, scenario_id=scenario.id, name=case.name, reason=reason)
