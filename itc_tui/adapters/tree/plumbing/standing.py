"""What git says before anything is touched: branch, what stands in the way, what to know."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.adapters.tree.plumbing.commands import GitCommands
from itc_tui.adapters.tree.plumbing.identity import EMAIL, NAME, missing_identity
from itc_tui.adapters.tree.plumbing.session_branch import current_branch, what_stops
from itc_tui.adapters.tree.plumbing.under_way import under_way
from itc_tui.ports import Readiness


def standing(commands: GitCommands, session_branch: str, ours: Sequence[str]) -> Readiness:
    branch = current_branch(commands)
    problem = under_way(commands, wait_s=0.5)
    if session_branch and not problem:
        problem = what_stops(commands, session_branch)
    return Readiness(
        has_git=True,
        branch=branch,
        head=commands.head(),
        problem=problem,
        warnings=tuple(_warnings(commands, branch or session_branch, ours)),
    )


def _warnings(commands: GitCommands, branch: str, ours: Sequence[str]) -> list[str]:
    warnings = []
    if not branch:
        warnings.append(
            "HEAD is detached: our commits will be on no branch; make one with "
            "`git switch -c NAME`, or choose a branch per session."
        )
    if missing_identity(commands):
        warnings.append(
            "Git does not know who you are (user.name, user.email): "
            f"our commits will be by {NAME} <{EMAIL}>."
        )
    if commands.ask("diff", "--cached", "--quiet").code == 1:
        warnings.append("Something is staged; it stays staged, and is in none of our commits.")
    if hidden := ignored(commands, ours):
        warnings.append(ignored_words(hidden[0]))
    return warnings


def ignored_words(name: str) -> str:
    return f"{name} is ignored by .gitignore; it is ours, so it is committed all the same."


def ignored(commands: GitCommands, names: Sequence[str]) -> tuple[str, ...]:
    """Those of the paths that .gitignore names, tracked or not."""
    if not names:
        return ()
    asked = "\0".join(names).encode("utf-8", "surrogateescape")
    answer = commands.ask("check-ignore", "--no-index", "-z", "--stdin", content=asked)
    return tuple(filter(None, answer.fields))
