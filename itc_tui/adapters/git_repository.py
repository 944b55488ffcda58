"""The person's tree and history through git: only what is ours is written, staged, committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from itc_tui.adapters.owned.owned_tree import OwnedTree
from itc_tui.adapters.owned.safe_paths import inside
from itc_tui.adapters.owned.undo_copies import digest_of
from itc_tui.adapters.plumbing.commands import GitCommands
from itc_tui.adapters.plumbing.committing import commit_index, text_in_commit
from itc_tui.adapters.plumbing.entries import (
    Entry,
    changed_paths,
    entries_in_index,
    entries_in_tree,
    store_text,
    text_of,
)
from itc_tui.adapters.plumbing.own_index import OwnIndex
from itc_tui.adapters.plumbing.scratch_revert import reverted_tree
from itc_tui.adapters.plumbing.session_branch import branch_name, enter
from itc_tui.adapters.plumbing.settling import settle
from itc_tui.adapters.plumbing.standing import ignored, ignored_words, standing
from itc_tui.adapters.plumbing.trailers import Mark, find_marked, mark_of, subject, with_trailers
from itc_tui.adapters.plumbing.under_way import under_way
from itc_tui.domain.trouble import RepositoryTrouble
from itc_tui.ports import Commit, Readiness

LOCK_WAIT_S = 3.0


class GitRepository:
    """Paths are relative to `root`, which may be a folder inside the repository."""

    def __init__(self, root: Path, trace_dir: Path, session_id: str, branch_mode: str) -> None:
        self._commands = GitCommands(root)
        self._trace_dir = trace_dir
        self._branch = branch_name(session_id) if branch_mode == "session" else ""
        prefix = root.resolve().relative_to(self._commands.top.resolve()).as_posix()
        self._prefix = "" if prefix == "." else f"{prefix}/"
        self._tree = OwnedTree(root, trace_dir, self._is_known_to_git)
        self._ledger = self._tree.ledger
        if self._ledger.is_new:
            # On disk before our first commit: an older session's steps are not taken for ours.
            self._ledger.turn(session_id=session_id, base=self._commands.head())
            self._ledger.save()

    def close(self) -> None:
        self._commands.close()

    def readiness(self) -> Readiness:
        ours = tuple(self._in_git(path) for path in self._ledger.paths)
        return standing(self._commands, self._branch, ours)

    def read(self, path: str) -> str | None:
        return self._tree.read(path)

    def is_ours(self, path: str) -> bool:
        return self._tree.is_ours(path)

    def is_as_written(self, path: str) -> bool:
        """One of ours that nobody touched since: what a watcher need not tell."""
        return self._tree.is_as_written(path)

    def changed_by_person(self) -> tuple[str, ...]:
        return self._tree.changed_by_person()

    def take_up(self, path: str) -> None:
        self._tree.take_up(path)

    def write(self, path: str, text: str) -> None:
        self._tree.write(path, text)

    def owned_paths(self) -> tuple[str, ...]:
        return self._tree.owned_paths()

    def restore(self, paths: Sequence[str]) -> None:
        self._tree.restore(paths)

    def keep(self, paths: Sequence[str], message: str, session_id: str, step: str) -> Commit | None:
        mark = Mark(session_id, step)
        if there := find_marked(self._commands, mark, self._ledger.pages.base):
            self._adopt(there)
            return there
        self._tree.must_be_as_written(paths)
        self._must_be_free()
        texts = {path: self._tree.copies.get(self._tree.owned(path).stands) for path in paths}
        return self._commit(texts, with_trailers(message, mark), step)

    def revert(self, commit: Commit, message: str, session_id: str, step: str) -> Commit:
        mark = Mark(session_id, step)
        if there := find_marked(self._commands, mark, self._ledger.pages.base):
            self._adopt(there)
            return there
        sha = self._ours(commit, session_id)
        self._must_be_free()
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
            kept = self._commit(texts, with_trailers(body, mark), step)
        except RepositoryTrouble:
            self._put(before)
            raise
        if kept is None:  # the reverted tree differs from HEAD's, so there is something to commit
            raise RepositoryTrouble(f"HEAD moved while {what} was reverted; try again.")
        return kept

    def diff(self, commit: Commit) -> str:
        sha = self._sha_of(commit)
        shown = self._commands.must(
            *("show", "--format=", "--patch", "--no-color", "--no-ext-diff", "--no-textconv", sha)
        )
        return shown.out.decode("utf-8", "replace")

    def _commit(self, texts: Mapping[str, bytes | None], message: str, step: str) -> Commit | None:
        if self._branch:
            enter(self._commands, self._branch)
        with OwnIndex(self._commands, self._trace_dir) as index:
            wanted = self._wanted(texts, index.head)
            index.fill(wanted)
            if index.head and index.tree() == self._tree_of(index.head):
                self._tree.mark_kept(texts)
                return None
            new = set(wanted) - set(entries_in_tree(self._commands, index.head, wanted))
            refill = self._refill(index, texts)
            sha = commit_index(self._commands, index, message, tuple(wanted), refill)
        commit = Commit(sha=sha, message=subject(message), step=step)
        hidden = tuple(ignored_words(name) for name in ignored(self._commands, sorted(new)))
        return commit.but(warnings=(*hidden, *self._rewritten(texts, sha), *self._adopt(commit)))

    def _refill(
        self, index: OwnIndex, texts: Mapping[str, bytes | None]
    ) -> Callable[[], tuple[str, ...]]:
        """A formatter run as a hook rewrites our files, refuses, and expects to be asked again."""

        def take_what_a_hook_wrote() -> tuple[str, ...]:
            rewritten = tuple(path for path in texts if not self._tree.is_as_written(path))
            now = {path: self._tree.on_disk(path) for path in rewritten}
            index.fill(self._wanted(now, index.head))
            return rewritten

        return take_what_a_hook_wrote

    def _rewritten(self, texts: Mapping[str, bytes | None], sha: str) -> tuple[str, ...]:
        return tuple(
            f"A hook of the repository rewrote {path}; its text is what was committed."
            for path, meant in texts.items()
            if digest_of(text_in_commit(self._commands, sha, self._in_git(path)))
            != digest_of(meant)
        )

    def _adopt(self, commit: Commit) -> tuple[str, ...]:
        """What is in our commit is kept, and the person's index shows it as committed."""
        parent = self._commands.ask("rev-parse", "--verify", "--quiet", f"{commit.sha}^").text
        names = changed_paths(self._commands, parent, commit.sha)
        problem = settle(self._commands, parent, commit.sha, names, self._is_our_text)
        for name in filter(self._is_in_ledger, names):
            content = text_in_commit(self._commands, commit.sha, name)
            self._tree.take_as_kept(name.removeprefix(self._prefix), content)
        self._ledger.save()
        return (problem,) if problem else ()

    def _wanted(self, texts: Mapping[str, bytes | None], head: str) -> dict[str, Entry | None]:
        names = {self._in_git(path): content for path, content in texts.items()}
        known = entries_in_tree(self._commands, head, names)
        wanted: dict[str, Entry | None] = {}
        for name, content in names.items():
            if content is None:
                wanted[name] = None
                continue
            mode = known[name].mode if name in known else "100644"
            wanted[name] = Entry(mode, store_text(self._commands, content, name))
        return wanted

    def _texts_in(self, tree: str, names: Sequence[str]) -> dict[str, bytes | None]:
        foreign = [name for name in names if not self._is_in_ledger(name)]
        if foreign:
            raise RepositoryTrouble(f"The commit also changed {foreign[0]}, which is not ours.")
        held = entries_in_tree(self._commands, tree, names)
        return {
            name.removeprefix(self._prefix): text_of(self._commands, held.get(name), name)
            for name in names
        }

    def _stand_still(
        self, texts: Mapping[str, bytes | None], head: str, what: str
    ) -> dict[str, bytes | None]:
        """The texts on the disk, which must be HEAD's, or the reverted ones a kill left there."""
        before = {}
        for path, after in texts.items():
            on_disk = self._tree.on_disk(path)
            at_head = text_in_commit(self._commands, head, self._in_git(path))
            if digest_of(on_disk) not in {digest_of(at_head), digest_of(after)}:
                raise RepositoryTrouble(
                    f"{what} cannot be reverted: {path} was changed since it was committed. "
                    "Commit that change or put it aside first; nothing was touched."
                )
            before[path] = at_head
        return before

    def _put(self, texts: Mapping[str, bytes | None]) -> None:
        for path, content in texts.items():
            if digest_of(self._tree.on_disk(path)) != digest_of(content):
                self._tree.place(inside(self._tree.root, path), path, content)

    def _ours(self, commit: Commit, session_id: str) -> str:
        sha = self._sha_of(commit)
        mark = mark_of(self._commands, sha)
        if mark is None or mark.session_id != session_id:
            raise RepositoryTrouble(f"{sha[:10]} is not a commit of this session; it stays.")
        if self._commands.ask("merge-base", "--is-ancestor", sha, "HEAD").code != 0:
            moved = find_marked(self._commands, mark, "")
            if moved is None:
                raise RepositoryTrouble(f"Commit {sha[:10]} is not on this branch any more.")
            return moved.sha
        return sha

    def _sha_of(self, commit: Commit) -> str:
        if mark_of(self._commands, commit.sha) is None:
            raise RepositoryTrouble(f"There is no commit of ours called {commit.sha[:40]!r} here.")
        return commit.sha

    def _must_be_free(self) -> None:
        if problem := under_way(self._commands, LOCK_WAIT_S):
            raise RepositoryTrouble(problem)

    def _tree_of(self, commit: str) -> str:
        return self._commands.must("rev-parse", f"{commit}^{{tree}}").text

    def _in_git(self, path: str) -> str:
        return f"{self._prefix}{path}"

    def _is_in_ledger(self, name: str) -> bool:
        return name.startswith(self._prefix) and bool(self._ledger[name.removeprefix(self._prefix)])

    def _is_our_text(self, content: bytes) -> bool:
        return self._tree.copies.has(digest_of(content))

    def _is_known_to_git(self, path: str) -> bool:
        name = self._in_git(path)
        commands = self._commands
        return bool(
            entries_in_index(commands, [name]) or entries_in_tree(commands, commands.head(), [name])
        )
