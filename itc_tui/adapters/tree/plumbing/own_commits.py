"""Our commits: made from an index of ours, found again after a kill, shown as committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from itc_tui.adapters.tree.owned.owned_tree import OwnedTree
from itc_tui.adapters.tree.owned.undo_copies import digest_of
from itc_tui.adapters.tree.plumbing.commands import GitCommands
from itc_tui.adapters.tree.plumbing.committing import commit_index, text_in_commit
from itc_tui.adapters.tree.plumbing.entries import (
    Entry,
    changed_paths,
    entries_in_tree,
    parent_of,
    store_text,
)
from itc_tui.adapters.tree.plumbing.own_index import OwnIndex, clear_own_indexes
from itc_tui.adapters.tree.plumbing.session_branch import enter
from itc_tui.adapters.tree.plumbing.settling import settle
from itc_tui.adapters.tree.plumbing.standing import ignored, ignored_words
from itc_tui.adapters.tree.plumbing.trailers import Mark, find_marked, mark_of, subject
from itc_tui.adapters.tree.plumbing.under_way import under_way
from itc_tui.domain.trouble import RepositoryTrouble
from itc_tui.ports import Commit

LOCK_WAIT_S = 3.0

Texts = Mapping[str, bytes | None]
"""Path under the root → its text; None takes the file away."""


class OwnCommits:
    def __init__(
        self, commands: GitCommands, tree: OwnedTree, prefix: str, trace_dir: Path, branch: str
    ) -> None:
        self._commands = commands
        self._tree = tree
        self._ledger = tree.ledger
        self._prefix = prefix
        self._trace_dir = trace_dir
        self._branch = branch

    def name_of(self, path: str) -> str:
        """Git's name for a path under the root."""
        return f"{self._prefix}{path}"

    def path_of(self, name: str) -> str | None:
        """None for what is not in our ledger."""
        path = name.removeprefix(self._prefix)
        return path if name.startswith(self._prefix) and self._ledger[path] else None

    def find(self, mark: Mark) -> Commit | None:
        """The commit of that step, if it is there already; taken up where a kill cut it short."""
        found = find_marked(self._commands, mark, self._ledger.pages.base)
        if found:
            clear_own_indexes(self._trace_dir)
            self._adopt(found)
        return found

    def must_be_ours(self, commit: Commit, session_id: str = "") -> str:
        """Its hash; raises RepositoryTrouble for the person's commits, and for other sessions'."""
        mark = mark_of(self._commands, commit.sha)
        if mark is None:
            raise RepositoryTrouble(f"There is no commit of ours called {commit.sha[:40]!r} here.")
        if not session_id:
            return commit.sha
        if mark.session_id != session_id:
            raise RepositoryTrouble(f"{commit.sha[:10]} is another session's commit; it stays.")
        if self._commands.ask("merge-base", "--is-ancestor", commit.sha, "HEAD").code == 0:
            return commit.sha
        moved = find_marked(self._commands, mark, "")  # a rebase makes it another commit
        if moved is None:
            raise RepositoryTrouble(f"Commit {commit.sha[:10]} is not on this branch any more.")
        return moved.sha

    def must_be_free(self) -> None:
        if problem := under_way(self._commands, LOCK_WAIT_S):
            raise RepositoryTrouble(problem)

    def settle_leftovers(self) -> None:
        if self._ledger.pages.unsettled:
            self._settle(self._ledger.pages.unsettled)
            self._ledger.save()

    def make(self, texts: Texts, message: str, step: str) -> Commit | None:
        """None when HEAD holds these texts already."""
        if not texts:
            return None
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

    def _refill(self, index: OwnIndex, texts: Texts) -> Callable[[], tuple[str, ...]]:
        """A formatter run as a hook rewrites our files, refuses, and expects to be asked again."""

        def take_what_a_hook_wrote() -> tuple[str, ...]:
            now = {
                path: content
                for path in texts
                if not self._tree.is_as_written(path) and (content := self._tree.on_disk(path))
            }
            for path, content in now.items():
                self._tree.take_from_hook(path, content)
            index.fill(self._wanted(now, index.head))
            return tuple(now)

        return take_what_a_hook_wrote

    def _rewritten(self, texts: Texts, sha: str) -> tuple[str, ...]:
        return tuple(
            f"A hook of the repository rewrote {path}; its text is what was committed."
            for path, meant in texts.items()
            if digest_of(text_in_commit(self._commands, sha, self.name_of(path)))
            != digest_of(meant)
        )

    def _adopt(self, commit: Commit) -> tuple[str, ...]:
        """What is in our commit is kept, and the person's index shows it as committed."""
        problem = self._settle((*self._ledger.pages.unsettled, commit.sha))
        for name in self._changed_by(commit.sha):
            if path := self.path_of(name):
                content = text_in_commit(self._commands, commit.sha, name)
                self._tree.take_as_kept(path, content)
        self._ledger.save()
        return (problem,) if problem else ()

    def _settle(self, shas: Sequence[str]) -> str:
        """Oldest first; what another git does not let us show is shown at the next step."""
        problem = under_way(self._commands, LOCK_WAIT_S)
        left = list(dict.fromkeys(shas))
        while left and not problem:
            names = self._changed_by(left[0])
            problem = settle(self._commands, left[0], names, self._is_our_text)
            if not problem:
                left.pop(0)
        self._ledger.turn(unsettled=tuple(left))
        return f"Our commit is made, but `git status` cannot show it yet. {problem}" if left else ""

    def _changed_by(self, sha: str) -> tuple[str, ...]:
        return changed_paths(self._commands, parent_of(self._commands, sha), sha)

    def _wanted(self, texts: Texts, head: str) -> dict[str, Entry | None]:
        names = {self.name_of(path): content for path, content in texts.items()}
        known = entries_in_tree(self._commands, head, names)
        wanted: dict[str, Entry | None] = {}
        for name, content in names.items():
            if content is None:
                wanted[name] = None
                continue
            mode = known[name].mode if name in known else "100644"
            wanted[name] = Entry(mode, store_text(self._commands, content, name))
        return wanted

    def _tree_of(self, commit: str) -> str:
        return self._commands.must("rev-parse", f"{commit}^{{tree}}").text

    def _is_our_text(self, content: bytes) -> bool:
        return self._tree.copies.has(digest_of(content))
