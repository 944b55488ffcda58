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
from itc_tui.engines.builtin.writing.body import body_of
from itc_tui.engines.builtin.writing.files import Telling, file_text, function_text
from itc_tui.engines.builtin.writing.naming import slug

Ready = tuple[Scenario, Case, Prepared]
"""A planned case with all that its test needs."""


def draft_files(
    rows: Sequence[Ready],
    target: Target,
    tests_dir: str,
    taken_paths: Iterable[str],
    unwritten: list[UnwrittenCase],
) -> list[DraftFile]:
    """One file per calling module; what cannot be written goes to `unwritten` with its reason."""
    groups: dict[str, list[Ready]] = defaultdict(list)
    for row in rows:
        groups[row[0].boundary.partition(" → ")[0]].append(row)
    taken = set(taken_paths)
    files = []
    for module, own in groups.items():
        path = _free_path(f"{tests_dir.rstrip('/')}/{target.test_file_name}", module, taken)
        taken.add(path)
        file = _file(path, module, own, target, unwritten)
        if file is not None:
            files.append(file)
    return files


def _file(
    path: str,
    module: str,
    rows: Sequence[Ready],
    target: Target,
    unwritten: list[UnwrittenCase],
) -> DraftFile | None:
    functions: list[str] = []
    cases: list[DraftCase] = []
    imports: set[str] = set()
    names: set[str] = set()
    defines: set[str] = set()
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
        defines |= body.defines
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
        text=file_text(docstring, imports, functions, package, defines),
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
