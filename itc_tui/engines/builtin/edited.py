"""Cases whose input or expectation a person wrote: observed anew, and their word is kept."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from itc_tui.domain.inventory import UnwrittenCase
from itc_tui.domain.plan import Case, Scenario
from itc_tui.domain.words import Provenance
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.inside.given import GIVEN
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.scenarios import expected_text
from itc_tui.engines.builtin.steadiness import observe_steadily
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness, names_of
from itc_tui.engines.builtin.writing.definitions import OFFERED
from itc_tui.engines.builtin.writing.files import Telling
from itc_tui.engines.builtin.writing.naming import with_readable_names
from itc_tui.engines.builtin.writing.tellings import said_to_hold, stated
from itc_tui.ports import Steps

_RAISES = re.compile(r"raises\s+([\w.]+)\s*(?::\s*(.*))?$")
_GIVEN = re.compile(r"^# given: (.+)$", re.M)
PERSON = "the person's word"


class Unclear(Exception):
    """What the person wrote cannot be run; says why."""


def prepare_edited(
    laboratory: Laboratory,
    rows: Sequence[tuple[Scenario, Case]],
    known: Mapping[str, Prepared],
    exports: Mapping[str, str],
    unwritten: list[UnwrittenCase],
) -> Steps[list[tuple[Scenario, Case, Prepared]]]:
    """`exports`: public name of the target → the module it is imported from."""
    given = {row.expected.strip() for row in known.values()}
    imports = _known_imports(known, exports)
    handed = _handed_in(known)
    programs: dict[str, Program] = {}
    words: dict[str, str] = {}
    for scenario, case in rows:
        # An expectation that stands as it was proposed, beside another input, is nobody's word.
        words[case.id] = "" if case.expected.strip() in given else case.expected.strip()
        try:
            programs[case.id] = program_of(case.input, words[case.id], imports, handed)
        except Unclear as why:
            unwritten.append(_unwritten(scenario, case, str(why)))
    seen = yield from observe_steadily(laboratory, programs)
    ready = []
    for scenario, case in rows:
        if case.id not in programs:
            continue
        try:
            witness = _decided(
                programs[case.id], words[case.id], seen.get(case.id), imports, case.id
            )
        except Unclear as why:
            unwritten.append(_unwritten(scenario, case, str(why)))
            continue
        provenance = Provenance.APPROVED if words[case.id] else Provenance.OBSERVED
        telling = Telling(
            summary=(case.name or "The planned case")[:90].rstrip(".") + ".",
            scope=scenario.boundary,
            strategy="as the plan has it",
            success=stated(words[case.id]) or said_to_hold(witness),
        )
        prepared = Prepared(case.input, expected_text(witness), witness, asdict(telling))
        ready.append((scenario, case.but(provenance=provenance), prepared))
    return ready


def program_of(
    text: str, expected: str, imports: Mapping[str, str], given: Mapping[str, Step] | None = None
) -> Program:
    """`given`: what a first line `# given: store, clock` may name."""
    try:
        tree = ast.parse(text.strip())
    except SyntaxError as error:
        raise Unclear(f"its input is not Python: {error.msg}, line {error.lineno}") from None
    if not tree.body:
        raise Unclear("its input is empty")
    refusals = len([line for line in expected.splitlines() if _RAISES.match(line.strip())])
    own: list[str] = []
    steps: list[Step] = []
    for place, node in enumerate(tree.body):
        if isinstance(node, ast.Import | ast.ImportFrom):
            own.append(ast.unparse(node))
            continue
        is_refused = len(tree.body) - place <= refusals
        steps.append(_step(node, place, is_refused))
    steps = [*_given_in(text, given), *steps]
    bound = set(dir(builtins)) | {"tmp_path", "capsys", "monkeypatch"} | OFFERED | _bound(tree)
    bound |= {step.var for step in steps}
    missing = sorted({name for name in names_of(text.strip()) if name not in bound})
    unknown = [name for name in missing if name not in imports]
    if unknown:
        raise Unclear(f"its input uses {', '.join(unknown)}, which the package does not offer")
    lines = [imports[name] for name in missing]
    defines = tuple(sorted(names_of(text.strip()) & OFFERED))
    return Program(tuple(dict.fromkeys([*own, *lines])), tuple(steps), defines)


def _handed_in(known: Mapping[str, Prepared]) -> dict[str, Step]:
    return {
        step.var: step
        for row in known.values()
        for step in row.witness.program.steps
        if step.kind in GIVEN
    }


def _given_in(text: str, known: Mapping[str, Step] | None) -> list[Step]:
    found = _GIVEN.search(text)
    names = [name.strip() for name in found[1].split(",")] if found else []
    unknown = [name for name in names if name not in (known or {})]
    if unknown:
        raise Unclear(f"its input is given {', '.join(unknown)}, which no case of the plan knows")
    return [known[name] for name in names] if known else []


def _step(node: ast.stmt, place: int, is_refused: bool) -> Step:
    if isinstance(node, ast.Expr):
        name = f"v_given_{place + 1}"
        return Step(name, ast.unparse(node.value), "raises" if is_refused else "do")
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        if isinstance(target, ast.Name):
            kind = "raises" if is_refused else "do"
            return Step(target.id, ast.unparse(node.value), kind)
    return Step("", ast.unparse(node), "raw")


def _decided(
    program: Program,
    words: str,
    seen: Witness | None,
    imports: Mapping[str, str],
    ident: str,
) -> Witness:
    if not words:
        if seen is None:
            raise Unclear("its input does not run to the end, or not twice alike")
        return with_readable_names(seen)
    base = seen or Witness(ident, program, f"given:{ident}")
    claims: list[tuple[Claim, ...]] = [() for _ in program.steps]
    refused = [at for at, step in enumerate(program.steps) if step.kind == "raises"]
    raised: dict[int, RaisedError] = {}
    said: list[Claim] = []
    last = program.steps[-1]
    for line in words.splitlines():
        found = _RAISES.match(line.strip())
        if found:
            raised[refused[len(raised)]] = _error(found[1], found[2] or "", imports)
        elif line.strip():
            said.append(_claim(line.strip(), program, last.var, imports))
    claims[-1] = tuple(said)
    kinds = base.kinds or tuple("" for _ in program.steps)
    decided = Witness(ident, program, base.focus, tuple(claims), kinds, raised)
    return with_readable_names(decided)


def _claim(line: str, program: Program, last: str, imports: Mapping[str, str]) -> Claim:
    try:
        node = ast.parse(line, mode="eval").body
    except SyntaxError:
        raise Unclear(f"its expectation is not Python: {line}") from None
    used = names_of(line)
    needed = tuple(imports[name] for name in sorted(used) if name in imports)
    made = {step.var for step in program.steps} | {"tmp_path", "capsys", "monkeypatch"}
    for step in program.steps:
        made |= _bound(ast.parse(step.code)) if step.kind == "raw" else set()
    if not used & made:
        if not last:
            raise Unclear("its last statement gives no value to compare with")
        return Claim(last, ast.unparse(node), needed, source=PERSON)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq):
        left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
        return Claim(left, right, needed, source=PERSON)
    return Claim(ast.unparse(node), "", needed, source=PERSON)


def _error(name: str, message: str, imports: Mapping[str, str]) -> RaisedError:
    top = name.split(".")[0]
    if hasattr(builtins, name):
        return RaisedError("builtins", name, message, True, False, PERSON)
    found = re.match(r"from (\S+) import", imports.get(top, ""))
    if not found:
        raise Unclear(f"its expectation names {name}, which the package does not offer")
    return RaisedError(found[1], name, message, True, True, PERSON)


def _known_imports(known: Mapping[str, Prepared], exports: Mapping[str, str]) -> dict[str, str]:
    """Name → the line that imports it: as other cases do, as the package offers, or Python."""
    lines = {name: f"import {name}" for name in sys.stdlib_module_names if name[0] != "_"}
    lines |= {name: f"from {module} import {name}" for name, module in exports.items()}
    lines |= {"Path": "from pathlib import Path", "Decimal": "from decimal import Decimal"}
    for row in known.values():
        extra = [line for claims in row.witness.claims for c in claims for line in c.imports]
        for line in (*row.witness.program.imports, *extra):
            node = ast.parse(line).body[0]
            if isinstance(node, ast.Import | ast.ImportFrom):
                for alias in node.names:
                    lines[(alias.asname or alias.name).split(".")[0]] = line
    return lines


def _bound(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.ExceptHandler):
            names.add(node.name or "")
    return names


def _unwritten(scenario: Scenario, case: Case, reason: str) -> UnwrittenCase:
    return UnwrittenCase(case_id=case.id, scenario_id=scenario.id, name=case.name, reason=reason)
