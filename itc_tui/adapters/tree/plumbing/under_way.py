"""What is under way in the person's repository, in the middle of which we must not start."""

from __future__ import annotations

import time

from itc_tui.adapters.tree.plumbing.commands import GitCommands

#: Git's own marks → what they mean, and how the person ends it.
_MARKS = (
    ("rebase-merge", "a rebase", "git rebase --continue` or `git rebase --abort"),
    ("rebase-apply", "a rebase or `git am`", "git rebase --abort` or `git am --abort"),
    ("MERGE_HEAD", "a merge", "git commit` or `git merge --abort"),
    ("CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick --continue` or `--abort"),
    ("REVERT_HEAD", "a revert", "git revert --continue` or `git revert --abort"),
    ("sequencer/todo", "a series of picks or reverts", "git cherry-pick --continue` or `--abort"),
    ("BISECT_LOG", "a bisect", "git bisect reset"),
)


def under_way(commands: GitCommands, wait_s: float = 0.0) -> str:
    """One sentence with what to do; empty when nothing stands in the way."""
    files = commands.paths_of(*(mark for mark, _, _ in _MARKS))
    for file, (_, what, end) in zip(files, _MARKS, strict=True):
        if file.exists():
            return f"The repository is in the middle of {what}; end it first (`{end}`)."
    if commands.ask("ls-files", "--unmerged", "-z").out:
        return "The index holds unmerged files; resolve them, then `git add` them."
    return _locked(commands, wait_s)


def _locked(commands: GitCommands, wait_s: float) -> str:
    lock = commands.path_of("index.lock")
    ends = time.monotonic() + wait_s
    while lock.exists():
        # An editor's `git status` holds it for moments; a killed git leaves it for ever.
        if time.monotonic() >= ends:
            return (
                f"{lock} is there: another git is at work, or one was killed. "
                "If none is running, delete that file."
            )
        time.sleep(0.05)
    return ""
