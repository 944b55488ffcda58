"""Commit an index of ours, hooks and all, and take the commit back when it is not what we meant."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from itc_tui.adapters.tree.plumbing.commands import Answer, GitCommands, plainly
from itc_tui.adapters.tree.plumbing.entries import (
    changed_paths,
    entries_in_tree,
    parent_of,
    text_of,
)
from itc_tui.adapters.tree.plumbing.own_index import OwnIndex
from itc_tui.domain.trouble import RepositoryTrouble


def commit_index(
    commands: GitCommands,
    index: OwnIndex,
    message: str,
    names: Sequence[str],
    take_what_a_hook_wrote: Callable[[], tuple[str, ...]],
) -> str:
    """The hash; raises RepositoryTrouble, with HEAD where it was, when git or a hook refuses."""
    answer = index.commit(message)
    if answer.code != 0 and commands.head() == index.head and take_what_a_hook_wrote():
        answer = index.commit(message)
    sha = commands.head()
    if answer.code != 0 or sha == index.head:
        raise RepositoryTrouble(_why_refused(commands, answer))
    parent = parent_of(commands, sha)
    if parent != index.head:
        _take_back(commands, sha, parent)
        raise RepositoryTrouble(
            "Somebody else committed at the same moment; our commit was taken back, try again."
        )
    foreign = sorted(set(changed_paths(commands, parent, sha)) - set(names))
    if foreign:
        _take_back(commands, sha, parent)
        raise RepositoryTrouble(
            f"A hook of the repository added {', '.join(foreign[:3])} to our commit, which is not "
            "ours; the commit was taken back, and the files are as they were."
        )
    return sha


def text_in_commit(commands: GitCommands, sha: str, name: str) -> bytes | None:
    return text_of(commands, entries_in_tree(commands, sha, [name]).get(name), name)


def _take_back(commands: GitCommands, sha: str, parent: str) -> None:
    """Only if HEAD is still there; neither tree nor index is touched."""
    if parent:
        commands.must("update-ref", "-m", "itc: taken back", "HEAD", parent, sha)
    else:
        commands.must("update-ref", "-d", "HEAD", sha)


def _why_refused(commands: GitCommands, answer: Answer) -> str:
    words = plainly(answer.words or answer.text) or f"exit code {answer.code}, without a word"
    if commands.is_true("commit.gpgSign") and any(
        mark in words.lower() for mark in ("gpg", "sign", "secret key")
    ):
        return (
            f"The commit could not be signed: {words}. Make the key available, or say "
            "`git config commit.gpgSign false` for this repository; the files are as written."
        )
    if _has_hooks(commands):
        return f"A hook of the repository refused the commit: {words}. The files are as written."
    return f"git refused the commit: {words}. The files are as written."


def _has_hooks(commands: GitCommands) -> bool:
    folder = commands.path_of("hooks")
    return any(
        os.access(folder / name, os.X_OK)
        for name in ("pre-commit", "prepare-commit-msg", "commit-msg", "reference-transaction")
    )
