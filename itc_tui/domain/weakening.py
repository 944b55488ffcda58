"""Whether an edit of a test file makes its tests say less; by syntax, and distrustful."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from itc_tui.domain.case_syntax import Assertion, FunctionNode, assertions_in, source
from itc_tui.domain.gate.reading import Reading, read
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.record import Record
from itc_tui.domain.requests import CorrectedExpectation, DraftFile, FileEdit, Fix
from itc_tui.domain.weaker.flow import Flow, flow_of
from itc_tui.domain.weaker.pairs import Change, changes
from itc_tui.domain.weaker.surroundings import changed_rows, of_file, of_function
from itc_tui.domain.words import Provenance

_SETTINGS = frozenset({"conftest.py", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini"})
_SETTINGS |= {"setup.cfg", "pytest.toml", ".pytest.toml", "sitecustomize.py", "usercustomize.py"}


def sets_how_tests_run(path: str) -> bool:
    """No fix touches it; some file systems ignore case."""
    return PurePosixPath(path).name.casefold() in _SETTINGS


class Weakening(Record):
    path: str = ""
    function: str = ""
    """Empty when it concerns the file."""
    what: str = ""
    line: int = 0


def weakenings_of(
    fix: Fix,
    known: KnownNames | None = None,
    provenances: Mapping[str, Provenance] | None = None,
) -> tuple[Weakening, ...]:
    """Of all edits of a fix together."""
    return tuple(
        weakening
        for edit in fix.edits
        for weakening in weakenings(
            edit.before, edit.after, fix.corrections, edit.path, known, provenances
        )
    )


def weakenings(
    before: str,
    after: str,
    corrections: Sequence[CorrectedExpectation] = (),
    path: str = "",
    known: KnownNames | None = None,
    provenances: Mapping[str, Provenance] | None = None,
) -> tuple[Weakening, ...]:
    """Empty when `after` asks at least as much of the code as `before`.

    `provenances` (function → where its expectation comes from) keeps a promise from being
    "corrected" by what was merely observed: that would turn a product bug green.
    """
    if sets_how_tests_run(path):
        return (Weakening(path=path, what="it decides how tests are run, and is left alone"),)
    try:
        old = read(DraftFile(path=path, text=before), known or KnownNames())
    except (SyntaxError, ValueError):
        old = read(DraftFile(path=path, text=""), known or KnownNames())
    try:
        new = read(DraftFile(path=path, text=after), known or KnownNames())
    except (SyntaxError, ValueError) as error:
        return (Weakening(path=path, what=f"it is no Python any more: {error}"),)
    if encoding := _new_encoding(before, after):
        # What is a comment to us would be code to Python, which reads by that encoding.
        return (Weakening(path=path, what=f"it is now to be read as {encoding}"),)
    allowed = _Allowed(corrections, provenances or {})
    found = [
        Weakening(path=path, function=function, what=what, line=line)
        for function, what, line in of_file(old, new)
    ]
    found += [
        Weakening(path=path, function=function, what=what, line=line)
        for function, what, line in _of_cases(old, new, allowed)
    ]
    return tuple(dict.fromkeys(found))


def corrected_by_hand(
    edit: FileEdit, evidence: str, known: KnownNames | None = None
) -> tuple[CorrectedExpectation, ...]:
    """The new values that a person wrote into a test: their word is what approves them.

    Only what evidence can justify at all; an assertion that is gone stays a weakening.
    """
    noting = _Noting(evidence)
    try:
        old = read(DraftFile(path=edit.path, text=edit.before), known or KnownNames())
        new = read(DraftFile(path=edit.path, text=edit.after), known or KnownNames())
    except (SyntaxError, ValueError):
        return ()
    list(_of_cases(old, new, noting))
    return tuple(dict.fromkeys(noting.corrections))


def _new_encoding(before: str, after: str) -> str:
    """Declared now, and neither before nor what the file is written in."""
    declared = _encoding_of(after)
    return "" if declared in ("utf-8", "utf-8-sig", _encoding_of(before)) else declared


def _encoding_of(text: str) -> str:
    try:
        return tokenize.detect_encoding(io.BytesIO(text.encode("utf-8", "replace")).readline)[0]
    except SyntaxError:
        return "an unknown encoding"


class _Allowed:
    """Which new values evidence justifies."""

    def __init__(
        self,
        corrections: Sequence[CorrectedExpectation],
        provenances: Mapping[str, Provenance],
    ) -> None:
        self._corrections = corrections
        self._provenances = provenances

    def objection(self, function: str, change: Change) -> str:
        if not change.may_be_corrected:
            return change.what
        of_function = [c for c in self._corrections if c.function.split("[")[0] == function]
        correction = next((c for c in of_function if _same(c.new, change.new)), None)
        if correction is None:
            return f"{change.what}, and no evidence is named for it"
        if not correction.evidence.strip() or correction.provenance is Provenance.PENDING:
            return f"{change.what}, with a correction that names no evidence"
        if not _same(correction.old, change.old):
            return f"{change.what}, but the correction speaks of {correction.old}"
        if correction.provenance is Provenance.OBSERVED and self._is_promised(function):
            return f"{change.what}: a promise is not corrected by what was observed"
        return ""

    def _is_promised(self, function: str) -> bool:
        promised = (Provenance.CONTRACT, Provenance.APPROVED)
        return any(
            provenance in promised
            for name, provenance in self._provenances.items()
            if name.split("[")[0] == function
        )


class _Noting(_Allowed):
    """Objects to nothing, and notes what could be corrected."""

    def __init__(self, evidence: str) -> None:
        super().__init__((), {})
        self._evidence = evidence
        self.corrections: list[CorrectedExpectation] = []

    def objection(self, function: str, change: Change) -> str:
        if change.may_be_corrected:
            self.corrections.append(
                CorrectedExpectation(
                    function=function,
                    old=change.old,
                    new=change.new,
                    evidence=self._evidence,
                    provenance=Provenance.APPROVED,
                )
            )
        return ""


def _same(one: str, other: str) -> bool:
    return _tidy(one) == _tidy(other)


def _tidy(text: str) -> str:
    try:
        return ast.unparse(ast.parse(text.strip(), mode="eval"))
    except SyntaxError:
        return " ".join(text.split())


def _of_cases(old: Reading, new: Reading, allowed: _Allowed) -> Iterator[tuple[str, str, int]]:
    present = {case.name: case.node for case in new.cases}
    for case in old.cases:
        node = present.get(case.name)
        if node is None:
            yield case.name, "it is gone, or renamed", case.node.lineno
            continue
        for what in of_function(case.node, node):
            yield case.name, what, node.lineno
        for was, becomes in changed_rows(case.node, node):
            change = Change(f"the row {was} became {becomes}", True, was, becomes)
            if objection := allowed.objection(case.name, change):
                yield case.name, objection, node.lineno
        for change, line in _of_assertions(case.node, node, old, new):
            if objection := allowed.objection(case.name, change):
                yield case.name, objection, line
    tests = {id(case.node) for case in old.cases}
    for name, function in old.functions.items():
        if id(function) in tests or name not in new.functions:
            continue
        for what in of_function(function, new.functions[name]):
            if "return" not in what and "generator" not in what:
                yield "", f"{name}: {what}", new.functions[name].lineno
        for change, line in _of_assertions(function, new.functions[name], old, new):
            yield "", f"{name}: {change.what}", line


def _of_assertions(
    before: FunctionNode, after: FunctionNode, old: Reading, new: Reading
) -> Iterator[tuple[Change, int]]:
    was, becomes = flow_of(before, old), flow_of(after, new)
    left = list(assertions_in(after, dict(new.functions)))
    unmatched = []
    for assertion in assertions_in(before, dict(old.functions)):
        same = next((a for a in left if _is_same(assertion, a, was, becomes)), None)
        if same is None:
            unmatched.append(assertion)
        else:
            left.remove(same)
            yield from _judged(assertion, same, was, becomes)
    for assertion in unmatched:
        partner = _partner(assertion, left)
        if partner is None:
            yield Change(f"`{assertion.text}` is gone"), after.lineno
            continue
        left.remove(partner)
        yield from _judged(assertion, partner, was, becomes)
    if _calls_under_test(after, becomes) < _calls_under_test(before, was):
        yield Change("it calls the code under test less often"), after.lineno


def _judged(
    before: Assertion, after: Assertion, old: Flow, new: Flow
) -> Iterator[tuple[Change, int]]:
    for change in changes(before, after, old, new):
        yield change, after.line


def _is_same(before: Assertion, after: Assertion, old: Flow, new: Flow) -> bool:
    return (
        before.subject == after.subject
        and before.relation == after.relation
        and old.written_out(before.expected) == new.written_out(after.expected)
    )


def _partner(assertion: Assertion, left: list[Assertion]) -> Assertion | None:
    """The assertion that took its place: the same subject, else the same demand, else the next."""
    for likeness in (
        lambda a: (a.subject, a.relation) == (assertion.subject, assertion.relation),
        lambda a: (a.relation, a.expected) == (assertion.relation, assertion.expected),
        lambda a: a.subject == assertion.subject,
        lambda a: a.relation == assertion.relation,
    ):
        found = next(filter(likeness, left), None)
        if found is not None:
            return found
    return left[0] if left else None


def _calls_under_test(function: FunctionNode, flow: Flow) -> int:
    return sum(
        flow.is_own(flow.reading.origin(node.func) or source(node.func).split(".")[0])
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    )
