"""Why a proposed fix may not be applied; an empty answer means that it may."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath

from itc_tui.domain.iterations import FixEntry
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.requests import FileEdit, Fix
from itc_tui.domain.weakening import sets_how_tests_run, weakenings
from itc_tui.domain.words import Provenance


def why_refused(
    fix: Fix,
    *,
    sources: Mapping[str, str],
    signatures: Collection[str],
    history: Sequence[FixEntry],
    may_change_product: bool,
    provenances: Mapping[str, Provenance] | None = None,
    known: KnownNames | None = None,
) -> str:
    """`provenances` (node id → where its expectation comes from) guard promises from "evidence"."""
    for edit in fix.edits:
        if reason := _why_not_here(edit, sources, may_change_product):
            return reason
    if _was_tried(fix, signatures, history):
        return "the same change was tried for the same failure before"
    for edit in fix.edits:
        if edit.path not in sources:
            continue
        found = weakenings(
            edit.before,
            edit.after,
            fix.corrections,
            edit.path,
            known,
            _of_functions(edit.path, provenances or {}),
        )
        if found:
            return f"it weakens {found[0].function or edit.path}: {found[0].what}"
    return ""


def fix_digest(edits: Sequence[FileEdit]) -> str:
    """The same change gives the same digest, whatever it is called; empty for no change."""
    if not edits:
        return ""
    text = "\0".join(f"{edit.path}\0{edit.before}\0{edit.after}" for edit in edits)
    return hashlib.sha256(text.encode()).hexdigest()


def _why_not_here(edit: FileEdit, sources: Mapping[str, str], may_change_product: bool) -> str:
    path = PurePosixPath(edit.path)
    if path.is_absolute() or ".." in path.parts or "\\" in edit.path:
        return f"{edit.path} lies outside the repository"
    # Another spelling of a file's path would pass as another file.
    if str(path) != edit.path:
        return f"{edit.path} is not the plain path of a file; it would be {path}"
    if sets_how_tests_run(edit.path):
        return f"{edit.path} sets how tests run; a fix does not touch it"
    if edit.path in sources:
        if edit.before != sources[edit.path]:
            return f"{edit.path} is not what the change was made for"
    elif not may_change_product:
        # A new file beside the tests can stand in the way of the code under test when imported.
        return f"{edit.path} is not a test of this session; only the person adds or changes it"
    if path.suffix == ".py":
        try:
            ast.parse(edit.after)
        except (SyntaxError, ValueError) as error:
            return f"{edit.path} would not be Python any more: {error}"
    return ""


def _of_functions(path: str, provenances: Mapping[str, Provenance]) -> dict[str, Provenance]:
    """By function name, for the functions of one file."""
    return {
        node_id.split("::", 1)[1]: provenance
        for node_id, provenance in provenances.items()
        if node_id.split("::", 1)[0] == path and "::" in node_id
    }


def _was_tried(fix: Fix, signatures: Collection[str], history: Sequence[FixEntry]) -> bool:
    digest, wanted = fix_digest(fix.edits), set(signatures)
    return any(
        digest in entry.digests and entry.outcome != "kept" and wanted & set(entry.signatures)
        for entry in history
    )
