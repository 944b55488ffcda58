"""Why a proposed fix may not be applied; an empty answer means that it may."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath

from itc_tui.domain.iterations import FixEntry
from itc_tui.domain.requests import FileEdit, Fix
from itc_tui.domain.weakening import weakenings


def why_refused(
    fix: Fix,
    *,
    sources: Mapping[str, str],
    tests_dir: str,
    signatures: Collection[str],
    history: Sequence[FixEntry],
    may_change_product: bool,
) -> str:
    for edit in fix.edits:
        if reason := _why_not_here(edit, sources, tests_dir, may_change_product):
            return reason
    if _was_tried(fix, signatures, history):
        return "the same change was tried for the same failure before"
    for edit in fix.edits:
        if edit.path in sources and (found := weakenings(edit.before, edit.after, fix.corrections)):
            first = found[0]
            return f"it weakens {first.function or edit.path}: {first.what}"
    return ""


def fix_digest(edits: Sequence[FileEdit]) -> str:
    """The same change gives the same digest, whatever it is called; empty for no change."""
    if not edits:
        return ""
    text = "\0".join(f"{edit.path}\0{edit.before}\0{edit.after}" for edit in edits)
    return hashlib.sha256(text.encode()).hexdigest()


def _why_not_here(
    edit: FileEdit, sources: Mapping[str, str], tests_dir: str, may_change_product: bool
) -> str:
    path = PurePosixPath(edit.path)
    if path.is_absolute() or ".." in path.parts:
        return f"{edit.path} lies outside the repository"
    if path.name in {"conftest.py", "pytest.ini", "tox.ini", "setup.cfg", "pyproject.toml"}:
        return f"{edit.path} sets how tests run; a fix does not touch it"
    if edit.path in sources:
        if edit.before != sources[edit.path]:
            return f"{edit.path} is not what the change was made for"
    elif not may_change_product and (edit.before or not path.is_relative_to(tests_dir)):
        return f"{edit.path} is not a test of this session; only the person changes it"
    if path.suffix == ".py":
        try:
            ast.parse(edit.after)
        except (SyntaxError, ValueError) as error:
            return f"{edit.path} would not be Python any more: {error}"
    return ""


def _was_tried(fix: Fix, signatures: Collection[str], history: Sequence[FixEntry]) -> bool:
    digest, wanted = fix_digest(fix.edits), set(signatures)
    return any(
        digest in entry.digests and entry.outcome != "kept" and wanted & set(entry.signatures)
        for entry in history
    )
