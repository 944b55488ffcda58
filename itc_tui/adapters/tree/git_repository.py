"""The person's tree and history through git: only what is ours is written, staged, committed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from itc_tui.adapters.tree.owned.file_side import FileSide
from itc_tui.adapters.tree.owned.owned_tree import OwnedTree
from itc_tui.adapters.tree.owned.safe_paths import inside
from itc_tui.adapters.tree.owned.undo_copies import digest_of
from itc_tui.adapters.tree.plumbing.commands import GitCommands
from itc_tui.adapters.tree.plumbing.committing import text_in_commit
from itc_tui.adapters.tree.plumbing.entries import (
    changed_paths,
    entries_in_index,
    entries_in_tree,
    text_of,
)
from itc_tui.adapters.tree.plumbing.own_commits import OwnCommits, Texts
from itc_tui.adapters.tree.plumbing.scratch_revert import reverted_tree
from itc_tui.adapters.tree.plumbing.session_branch import branch_name
from itc_tui.adapters.tree.plumbing.standing import standing
from itc_tui.adapters.tree.plumbing.trailers import Mark, with_trailers
from itc_tui.domain.trouble import ChangedByPerson, RepositoryTrouble, Stopped
from itc_tui.ports import Commit, Readiness, StopSwitch


class GitRepository(FileSide):
    """Paths are relative to `root`, which may be a folder inside the repository."""

    def __init__(
        self,
        root: Path,
        trace_dir: Path,
        session_id: str,
        branch_mode: str,
        stop: StopSwitch | None = None,
    ) -> None:
        self._commands = GitCommands(root, stop)
        self._branch = branch_name(session_id) if branch_mode == "session" else ""
        prefix = root.resolve().relative_to(self._commands.top.resolve()).as_posix()
        self._tree = OwnedTree(root, trace_dir, self._is_known_to_git)
        self._ledger = self._tree.ledger
        self._commits = OwnCommits(
            self._commands,
            self._tree,
            "" if prefix == "." else f"{prefix}/",
            trace_dir,
            self._branch,
        )
        if self._ledger.is_new:
            # On disk before our first commit: an older session's steps are not taken for ours.
            self._ledger.turn(session_id=session_id, base=self._commands.head())
            self._ledger.save()

    def close(self) -> None:
        self._commands.close()

    def readiness(self) -> Readiness:
        self._commits.settle_leftovers()
        ours = tuple(self._commits.name_of(path) for path in self._ledger.paths)
        return standing(self._commands, self._branch, ours)

    def restore(self, paths: Sequence[str]) -> None:
        for path in paths:
            # Committed by the person along with theirs: taking it back is for them to say.
            owned = self._tree.owned(path)
            name = self._commits.name_of(path)
            at_head = digest_of(text_in_commit(self._commands, self._commands.head(), name))
            if at_head == owned.stands != owned.undo_to:
                raise ChangedByPerson(path)
        self._tree.restore(paths)

    def keep(self, paths: Sequence[str], message: str, session_id: str, step: str) -> Commit | None:
        mark = Mark(session_id, step)
        if there := self._commits.find(mark):
            return there
        self._tree.must_be_as_written(paths)
        self._commits.must_be_free()
        texts = {path: self._tree.copies.get(self._tree.owned(path).stands) for path in paths}
        return self._commits.make(texts, with_trailers(message, mark), step)

    def revert(self, commit: Commit, message: str, session_id: str, step: str) -> Commit:
        mark = Mark(session_id, step)
        if there := self._commits.find(mark):
            return there
        sha = self._commits.must_be_ours(commit, session_id)
        self._commits.must_be_free()
        head = self._commands.head()
        what = f"Commit {sha[:10]} ({commit.step})"
        tree = reverted_tree(self._commands, head, sha, what)
        texts = self._texts_in(tree, changed_paths(self._commands, head, tree))
        if not texts:
            raise RepositoryTrouble(f"{what} is undone already; there is nothing left to revert.")
        before = self._stand_still(texts, head, what)
        self._put(texts)
        try:
            body = f"{message.rstrip()}\n\nThis reverts commit {sha}."
            kept = self._commits.make(texts, with_trailers(body, mark), step)
        except RepositoryTrouble:
            self._put(before)
            raise
        except Stopped:
            # Half a revert would look like a change of the person's; a whole one stands.
            if self._commits.find(mark) is None:
                self._put(before)
            raise
        if kept is None:  # the reverted tree differs from HEAD's, so there is something to commit
            raise RepositoryTrouble(f"HEAD moved while {what} was reverted; try again.")
        return kept

    def diff(self, commit: Commit, *, is_backward: bool = False) -> str:
        sha = self._commits.must_be_ours(commit)
        plain = ("diff.noprefix", "diff.mnemonicPrefix", "core.quotePath", "log.showSignature")
        shown = self._commands.must(
            *(word for name in plain for word in ("-c", f"{name}=false")),
            *("show", "--format=", "--patch", "--no-color", "--no-ext-diff", "--no-textconv"),
            # Backward it would also turn round the prefixes, and tell of b/ before a/.
            *(("-R", "--src-prefix=b/", "--dst-prefix=a/") if is_backward else ()),
            sha,
        )
        return shown.out.decode("utf-8", "replace")

    def _texts_in(self, tree: str, names: Sequence[str]) -> dict[str, bytes | None]:
        held = entries_in_tree(self._commands, tree, names)
        texts = {}
        for name in names:
            path = self._commits.path_of(name)
            if path is None:
                raise RepositoryTrouble(f"The commit also changed {name}, which is not ours.")
            texts[path] = text_of(self._commands, held.get(name), name)
        return texts

    def _stand_still(self, texts: Texts, head: str, what: str) -> dict[str, bytes | None]:
        """The texts on the disk, which must be HEAD's, or the reverted ones a kill left there."""
        before = {}
        for path, after in texts.items():
            on_disk = self._tree.on_disk(path)
            at_head = text_in_commit(self._commands, head, self._commits.name_of(path))
            if digest_of(on_disk) not in {digest_of(at_head), digest_of(after)}:
                raise RepositoryTrouble(
                    f"{what} cannot be reverted: {path} was changed since it was committed. "
                    "Commit that change or put it aside first; nothing was touched."
                )
            before[path] = at_head
        return before

    def _put(self, texts: Texts) -> None:
        for path, content in texts.items():
            seen = digest_of(self._tree.on_disk(path))
            if seen != digest_of(content):
                self._tree.place(inside(self._tree.root, path), path, content, seen)

    def _is_known_to_git(self, path: str) -> bool:
        """Deleted but not committed, not checked out, or inside a submodule that is not there."""
        name = self._commits.name_of(path)
        above = {parent.as_posix() for parent in PurePosixPath(name).parents} - {"."}
        in_index = entries_in_index(self._commands, [name, *above])
        in_head = entries_in_tree(self._commands, self._commands.head(), [name])
        return bool(in_head) or not {name, *above}.isdisjoint(in_index)
