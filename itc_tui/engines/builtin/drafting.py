"""Puts ready cases into test files."""

from __future__ import annotations

import ast
import builtins
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from itc_tui.domain.exploration import CALLERS
from itc_tui.domain.inventory import UnwrittenCase
from itc_tui.domain.plan import Case, Scenario
from itc_tui.domain.requests import DraftCase, DraftFile
from itc_tui.domain.target import Target
from itc_tui.domain.words import Provenance
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.handed.record import NOTHING, Handed
from itc_tui.engines.builtin.sharing import NOTHING_SHARED, Shared, shared_by
from itc_tui.engines.builtin.stand_ins.stand_in import StandIn
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.body import Body, body_of
from itc_tui.engines.builtin.writing.case_class import class_text, imports_for
from itc_tui.engines.builtin.writing.case_stand_ins import as_manager
from itc_tui.engines.builtin.writing.files import Telling, file_text, function_text
from itc_tui.engines.builtin.writing.layout import Page, laid_out, on_page, quoted
from itc_tui.engines.builtin.writing.lifting import lifted
from itc_tui.engines.builtin.writing.naming import slug
from itc_tui.engines.builtin.writing.parts import Part, Ready, parts_of
from itc_tui.engines.builtin.writing.phrasing import phrasing_of
from itc_tui.engines.builtin.writing.spelling import aliases_in, apart, names_given, respelled
from itc_tui.engines.builtin.writing.tellings import approved


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
        caller, _, callee = row[0].boundary.partition(" → ")
        # A test is a caller itself: it is named for what it calls.
        groups[callee if caller == CALLERS else caller].append(row)
    taken = set(taken_paths)
    parts = [(module, part) for module, own in groups.items() for part in parts_of(own)]
    witnesses = [[ready.witness for _, _, ready in part.rows] for _, part in parts]
    shared = shared_by(witnesses, target, tests_dir, handed)
    files = [shared.file] if shared.file is not None else []
    for module, part in parts:
        form = f"{tests_dir.rstrip('/')}/{target.test_file_name}"
        path = _free_path(form, f"{module} {part.subject}".rstrip(), taken)
        taken.add(path)
        file = _file(path, module, part, target, unwritten, handed, shared)
        if file is not None:
            files.append(file)
    return files


def _file(
    path: str,
    module: str,
    part: Part,
    target: Target,
    unwritten: list[UnwrittenCase],
    handed: Handed,
    shared: Shared = NOTHING_SHARED,
) -> DraftFile | None:
    rows = part.rows
    reserved = _imports_of_stand_ins(rows, handed, shared.names)
    lines = (line for _, _, ready in rows for line in _imports_of(ready.witness))
    aliases = aliases_in(lines, reserved)
    spelled = [respelled(ready.witness, aliases) for _, _, ready in rows]
    words = _Words(_mostly_meant(spelled), {n for one in spelled for n in one.program.bound})
    sheet = _Sheet(module, target, handed, reserved, aliases, shared.names, words)
    for scenario, case, prepared in rows:
        if reason := sheet.add(scenario, case, prepared):
            unwritten.append(_unwritten(scenario, case, reason))
    if not sheet.cases:
        return None
    ends = [end for s, _, _ in rows for end in s.boundary.split(" → ")]
    others = ["its callers" if end == CALLERS else end for end in ends if end != module]
    about = f": {part.subject}" if part.subject else ""
    return DraftFile(
        path=path,
        text=sheet.text(f"Integration of {module} with {', '.join(dict.fromkeys(others))}{about}."),
        boundary=" | ".join(dict.fromkeys(s.boundary for s, _, _ in rows)),
        scenario_ids=tuple(dict.fromkeys(s.id for s, _, _ in rows)),
        cases=tuple(sheet.cases),
    )


class _Words(NamedTuple):
    """What names mean in the cases of a file."""

    meant: Mapping[str, str] = {}
    """Of a name that has several meanings, what most cases mean by it."""
    bound: Collection[str] = ()
    """Names that a case gives to something of its own."""

    def sets_apart(self, line: str) -> bool:
        """Only those that need it import it: to others its name means something else."""
        given = names_given(line)
        differs = any(self.meant.get(name, means) != means for name, means in given.items())
        return differs or not given.keys().isdisjoint(self.bound)


class _Sheet:
    """One file as it grows, case by case."""

    def __init__(
        self,
        module: str,
        target: Target,
        handed: Handed,
        reserved: set[str],
        aliases: dict[str, str],
        shared: Collection[str],
        words: _Words,
    ) -> None:
        self._words = words
        self._module, self._target, self._handed = module, target, handed
        self._reserved, self._aliases, self._shared = apart(reserved), aliases, shared
        own = [one.name for one in handed.stand_ins if one.source]
        self._phrasing = phrasing_of(target.conventions.style, own)
        self._indent = 4 if self._phrasing.name == "unittest" else 0
        title = _camel(module) + "Integration"
        self._group = target.conventions.class_name(title) if self._indent else ""
        self._stand_ins: dict[str, StandIn] = {}
        self._functions: list[str] = []
        self._definitions: dict[str, str] = {}
        """Classes and functions that tests work with."""
        self._imports: set[str] = set()
        self._names: set[str] = set()
        self._defines: set[str] = set()
        self._needs: set[str] = set()
        self.cases: list[DraftCase] = []

    def add(self, scenario: Scenario, case: Case, prepared: Prepared) -> str:
        """Why it cannot be written; empty when it is."""
        witness = respelled(prepared.witness, self._aliases)
        body = self._body(witness)
        if not body.assertions:
            return "nothing could be asserted that stays the same"
        name = _free_name(self._name_of(case), self._names)
        local = _clashing(body.imports, self._imports | self._reserved)
        local |= set(filter(self._words.sets_apart, body.imports))
        hidden = {given for line in local for given in names_given(line)}
        lifts = lifted(witness.program, hidden | {name}, self._definitions)
        if lifts:
            body = self._body(witness, lifts)
        telling = Telling(**prepared.telling)
        telling = approved(telling) if case.provenance is Provenance.APPROVED else telling
        text = function_text(name, telling, body, local, self._indent)
        if not _is_python(f"class _:\n{text}" if self._indent else text):
            return "its values cannot be written as Python"
        self._names.add(name)
        self._definitions.update((witness.program.steps[at].var, lifts[at]) for at in lifts)
        self._functions.append(text)
        self._needs |= set(body.fixtures)
        if _reads_capsys(prepared.witness):
            self._needs |= {"capsys", "taken"}
        self._imports |= body.imports - local
        self._defines |= body.defines - set(self._shared)
        for asked in body.fixtures:
            stand_in = self._handed.stand_in(asked)
            if stand_in is not None and stand_in.source and asked not in self._shared:
                self._stand_ins[asked] = stand_in
                self._imports |= apart(stand_in.imports)
        self.cases.append(
            DraftCase(
                case_id=case.id,
                scenario_id=scenario.id,
                function=f"{self._group}::{name}" if self._group else name,
                boundary=scenario.boundary,
                criticality=case.criticality,
                provenance=case.provenance,
                expected=prepared.expected,
            )
        )
        return ""

    def _body(self, witness: Witness, lifts: Mapping[int, str] | None = None) -> Body:
        body = body_of(witness, self._indent + 4, self._phrasing, lifts or {})
        body.imports = apart(body.imports)
        for function in sorted(body.defines & set(self._shared)):
            body.needs(function)
        return body

    def text(self, docstring: str) -> str:
        functions, imports = self._functions, self._imports
        stand_ins = [self._stand_ins[name] for name in sorted(self._stand_ins)]
        made = [quoted(one.source) for one in stand_ins]
        if self._group:
            says = f"{self._module} works through what it calls."
            names = [one.name for one in stand_ins]
            functions = [class_text(self._group, says, self._needs, functions, names)]
            imports = imports | self._phrasing.imports | imports_for(self._needs, functions[0])
            managers = [as_manager(one) for one in stand_ins]
            imports = imports.union(*(needed for _, needed in managers)) - {"import pytest"}
            made = [quoted(text) for text, _ in managers]
        made += [laid_out(code, 0) for code in self._definitions.values()]
        packages = self._target.packages
        return file_text(docstring, imports, [*made, *functions], packages, self._defines)

    def _name_of(self, case: Case) -> str:
        words = slug(case.name)
        return "test_" + words if self._group else self._target.conventions.function_name(words)


def _reads_capsys(witness: Witness) -> bool:
    return any("capsys." in step.code for step in witness.program.steps)


def _imports_of_stand_ins(
    rows: Sequence[Ready], handed: Handed, shared: Collection[str]
) -> set[str]:
    """They hold for the whole file: a name that a case means otherwise, it imports for itself."""
    names = {step.var for _, _, ready in rows for step in ready.witness.program.steps}
    names -= set(shared)
    return {line for one in handed.stand_ins if one.name in names for line in one.imports}


def _imports_of(witness: Witness) -> set[str]:
    claimed = {line for step in witness.claims for claim in step for line in claim.imports}
    return claimed.union(witness.program.imports)


def _mostly_meant(witnesses: Iterable[Witness]) -> dict[str, str]:
    """Name → its most frequent meaning, where cases mean different things by it."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for witness in witnesses:
        for line in apart(_imports_of(witness)):
            for name, means in names_given(line).items():
                counts[name][means] += 1
    return {name: own.most_common(1)[0][0] for name, own in counts.items() if len(own) > 1}


def _clashing(wanted: set[str], have: set[str]) -> set[str]:
    """Imports that would give a name of the file another meaning; they go into the function."""
    taken = {name: means for line in have for name, means in names_given(line).items()}
    return {
        line
        for line in wanted
        if any(
            taken.get(name, means) != means or hasattr(builtins, name)
            for name, means in names_given(line).items()
        )
    }


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
