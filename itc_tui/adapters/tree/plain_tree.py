"""The person's tree where there is no git: the same promises, kept by undo copies."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Sequence
from pathlib import Path

from itc_tui.adapters.tree.owned.file_side import FileSide
from itc_tui.adapters.tree.owned.ledger import KeptChange, KeptStep
from itc_tui.adapters.tree.owned.owned_tree import OwnedTree, as_text
from itc_tui.adapters.tree.owned.safe_paths import inside
from itc_tui.adapters.tree.owned.undo_copies import digest_of
from itc_tui.domain.trouble import RepositoryTrouble
from itc_tui.ports import Commit, Readiness


class PlainTree(FileSide):
    def __init__(self, root: Path, trace_dir: Path, session_id: str, why: str) -> None:
        """`why` there is no git, in a sentence that is said aloud."""
        self._why = why
        self._tree = OwnedTree(root, trace_dir)
        self._ledger = self._tree.ledger
        if self._ledger.is_new:
            self._ledger.turn(session_id=session_id)
            self._ledger.save()

    def close(self) -> None:
        """Nothing is held open; the same habit as with git."""

    def readiness(self) -> Readiness:
        return Readiness(
            warnings=(
                f"{self._why} Changes are kept and undone by copies in the session's folder.",
            )
        )

    def restore(self, paths: Sequence[str]) -> None:
        self._tree.restore(paths)

    def keep(self, paths: Sequence[str], message: str, session_id: str, step: str) -> Commit | None:
        if there := self._find(step):
            self._settle(there)
            return _as_commit(there)
        self._tree.must_be_as_written(paths)
        changes = tuple(
            KeptChange(path=path, before=owned.kept, after=owned.stands)
            for path in paths
            if (owned := self._tree.owned(path)).kept != owned.stands
        )
        if not changes:
            return None
        return self._note_step(changes, message, session_id, step)

    def revert(self, commit: Commit, message: str, session_id: str, step: str) -> Commit:
        if there := self._find(step):
            self._settle(there)
            return _as_commit(there)
        undone = self._step_of(commit)
        for change in undone.changes:
            # Ours from before a kill in here, or as that step left it; all else came later.
            now = digest_of(self._tree.on_disk(change.path))
            if now not in {change.after, change.before}:
                raise RepositoryTrouble(
                    f"{undone.step} cannot be undone: {change.path} was changed since; "
                    "without git later changes cannot be told apart. Nothing was touched."
                )
        for change in undone.changes:
            content = self._tree.copies.get(change.before)
            seen = digest_of(self._tree.on_disk(change.path))
            file = inside(self._tree.root, change.path)
            self._tree.place(file, change.path, content, seen)
        back = tuple(
            KeptChange(path=change.path, before=change.after, after=change.before)
            for change in undone.changes
        )
        return self._note_step(back, message, session_id, step)

    def diff(self, commit: Commit, *, is_backward: bool = False) -> str:
        changes = self._step_of(commit).changes
        if is_backward:
            changes = tuple(
                KeptChange(path=one.path, before=one.after, after=one.before) for one in changes
            )
        return "".join(map(self._diff_of, changes))

    def _diff_of(self, change: KeptChange) -> str:
        before, after = (
            "" if content is None else as_text(content, is_python=True)
            for content in map(self._tree.copies.get, (change.before, change.after))
        )
        lines = difflib.unified_diff(
            before.splitlines(keepends=True),
            after.splitlines(keepends=True),
            f"a/{change.path}" if change.before else "/dev/null",
            f"b/{change.path}" if change.after else "/dev/null",
        )
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )

    def _note_step(
        self, changes: tuple[KeptChange, ...], message: str, session_id: str, step: str
    ) -> Commit:
        told = repr((session_id, step, [(one.path, one.before, one.after) for one in changes]))
        kept = KeptStep(
            sha=f"undo-{hashlib.sha256(told.encode()).hexdigest()[:12]}",
            step=step,
            message=message,
            changes=changes,
        )
        self._ledger.turn(steps=(*self._ledger.pages.steps, kept))
        self._ledger.save()
        self._settle(kept)
        return _as_commit(kept)

    def _settle(self, step: KeptStep) -> None:
        for change in step.changes:
            if owned := self._ledger[change.path]:
                self._ledger.note(change.path, owned.but(kept=change.after, undo_to=change.after))
        self._ledger.save()

    def _find(self, step: str) -> KeptStep | None:
        return next((kept for kept in self._ledger.pages.steps if kept.step == step), None)

    def _step_of(self, commit: Commit) -> KeptStep:
        for kept in self._ledger.pages.steps:
            if kept.sha == commit.sha:
                return kept
        raise RepositoryTrouble(f"There is no kept step of ours called {commit.sha[:40]!r} here.")


def _as_commit(step: KeptStep) -> Commit:
    return Commit(sha=step.sha, message=step.message.split("\n", 1)[0], step=step.step)
