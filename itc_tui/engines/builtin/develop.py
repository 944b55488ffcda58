"""Developing: turns the plan, as the person left it, into test files."""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from itc_tui.domain.inventory import UnwrittenCase
from itc_tui.domain.plan import Case, Scenario
from itc_tui.domain.requests import DevelopRequest, Draft, DraftCase, DraftFile
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.cache import Cache, Prepared, find
from itc_tui.engines.builtin.edited import prepare_edited
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.writing.body import body_of
from itc_tui.engines.builtin.writing.files import Telling, file_text, function_text
from itc_tui.engines.builtin.writing.naming import slug
from itc_tui.ports import Box, Steps

Planned = tuple[Scenario, Case]


def develop(target: Target, request: DevelopRequest, box: Box, cache_dir: Path) -> Steps[Draft]:
    known = Cache(cache_dir).load()
    ready: list[tuple[Scenario, Case, Prepared]] = []
    edited: list[Planned] = []
    for scenario, case in request.plan.enabled_cases:
        prepared = find(known, case.input)
        if prepared is not None and case.expected.strip() in ("", prepared.expected.strip()):
            ready.append((scenario, case, prepared))
        else:
            edited.append((scenario, case))
    unwritten: list[UnwrittenCase] = []
    if edited:
        exports = gather(target).exports
        laboratory = Laboratory(target, box)
        again = yield from prepare_edited(laboratory, edited, known, exports, unwritten)
        ready.extend(again)
    order = {case.id: place for place, (_, case) in enumerate(request.plan.enabled_cases)}
    ready.sort(key=lambda row: order[row[1].id])
    return Draft(files=tuple(_files(request, target, ready, unwritten)), unwritten=tuple(unwritten))


def _files(
    request: DevelopRequest,
    target: Target,
    ready: Sequence[tuple[Scenario, Case, Prepared]],
    unwritten: list[UnwrittenCase],
) -> list[DraftFile]:
    groups: dict[str, list[tuple[Scenario, Case, Prepared]]] = defaultdict(list)
    for row in ready:
        groups[row[0].boundary.partition(" → ")[0]].append(row)
    taken = set(request.taken_paths)
    files = []
    for module, rows in groups.items():
        path = _free_path(request.tests_dir, module, taken)
        taken.add(path)
        file = _file(path, module, rows, target, unwritten)
        if file is not None:
            files.append(file)
    return files


def _file(
    path: str,
    module: str,
    rows: Sequence[tuple[Scenario, Case, Prepared]],
    target: Target,
    unwritten: list[UnwrittenCase],
) -> DraftFile | None:
    functions: list[str] = []
    cases: list[DraftCase] = []
    imports: set[str] = set()
    names: set[str] = set()
    for scenario, case, prepared in rows:
        body = body_of(prepared.witness)
        if not body.assertions:
            reason = "nothing could be asserted that stays the same"
            unwritten.append(_unwritten(scenario, case, reason))
            continue
        name = _free_name("test_" + slug(case.name), names)
        local = _clashing(body.imports, imports)
        text = function_text(name, Telling(**prepared.telling), body, local)
        if not _is_python(text):
            unwritten.append(_unwritten(scenario, case, "its values cannot be written as Python"))
            continue
        names.add(name)
        functions.append(text)
        imports |= body.imports - local
        cases.append(
            DraftCase(
                case_id=case.id,
                scenario_id=scenario.id,
                function=name,
                boundary=scenario.boundary,
                criticality=case.criticality,
                provenance=case.provenance,
            )
        )
    if not functions:
        return None
    others = [s.boundary.partition(" → ")[2] for s, _, _ in rows]
    docstring = f"Integration of {module} with {', '.join(dict.fromkeys(others))}."
    package = target.packages[0] if target.packages else ""
    return DraftFile(
        path=path,
        text=file_text(docstring, imports, functions, package),
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
        return {alias.asname for alias in node.names if alias.asname}
    return set()


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _free_path(folder: str, module: str, taken: set[str]) -> str:
    stem = f"{folder.rstrip('/')}/test_{slug(module.replace('.', '_'))}_integration"
    path, count = f"{stem}.py", 1
    while path in taken:
        count += 1
        path = f"{stem}_{count}.py"
    return path


def _free_name(name: str, taken: set[str]) -> str:
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name}_{count}"
    return free


def _unwritten(scenario: Scenario, case: Case, reason: str) -> UnwrittenCase:
    return UnwrittenCase(case_id=case.id, scenario_id=scenario.id, name=case.name, reason=reason)
