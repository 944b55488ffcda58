"""A branch of our own for a session: made and entered without touching tree or index."""

from __future__ import annotations

import re
import unicodedata

from itc_tui.adapters.tree.plumbing.commands import GitCommands, plainly
from itc_tui.domain.trouble import RepositoryTrouble


def branch_name(session_id: str) -> str:
    """`itc/<session>`, safe as a git ref; letters of any script stay."""
    name = unicodedata.normalize("NFC", session_id)
    name = re.sub(r"[^\w.-]+", "-", name)
    name = re.sub(r"\.{2,}", ".", name).strip(".-/")
    name = name.removesuffix(".lock")
    return f"itc/{name or 'session'}"


def current_branch(commands: GitCommands) -> str:
    """Empty when HEAD is detached; also known before the first commit."""
    answer = commands.ask("symbolic-ref", "--quiet", "--short", "HEAD")
    return answer.text if answer.code == 0 else ""


def what_stops(commands: GitCommands, branch: str) -> str:
    """Why `branch` cannot be entered as the tree stands; empty when it can."""
    if current_branch(commands) == branch:
        return ""
    tip = commands.ask("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}").text
    if tip and tip != commands.head():
        return (
            f"The session's branch {branch} is not where HEAD is; "
            f"switch to it first (`git switch {branch}`)."
        )
    where = commands.ask("for-each-ref", "--format=%(worktreepath)", f"refs/heads/{branch}").text
    if where:
        return f"The session's branch {branch} is checked out in {where}; go on there."
    return ""


def enter(commands: GitCommands, branch: str) -> None:
    """Point HEAD at the branch, made at HEAD if need be: tree and index stay as they are."""
    if current_branch(commands) == branch:
        return
    if problem := what_stops(commands, branch):
        raise RepositoryTrouble(problem)
    head = commands.head()
    tip = commands.ask("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}").text
    if head and not tip:
        # Made only if it is still not there: a branch of somebody's is never moved.
        made = commands.ask("update-ref", f"refs/heads/{branch}", head, commands.no_object)
        if made.code != 0:
            raise RepositoryTrouble(f"Branch {branch} cannot be made: {plainly(made.words)}")
    commands.must("symbolic-ref", "-m", f"itc: enter {branch}", "HEAD", f"refs/heads/{branch}")
