"""Open the tree at a root: with git where there is one, with undo copies where not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Literal, Protocol

from itc_tui.adapters.tree.plain_tree import PlainTree
from itc_tui.ports import Repository, StopSwitch

BranchMode = Literal["current", "session"]


class OpenRepository(Repository, Protocol):
    """A repository that has to be closed, and can tell a watcher what is our own writing."""

    def is_as_written(self, path: str) -> bool: ...

    def close(self) -> None: ...


def open_repository(
    root: str | Path,
    trace_dir: str | Path,
    session_id: str,
    branch_mode: BranchMode = "current",
    stop: StopSwitch | None = None,
) -> OpenRepository:
    """Raises RepositoryTrouble when there is a git that cannot be used."""
    top, trace = Path(root).absolute(), Path(trace_dir).absolute()
    if why := _why_no_git(top):
        return PlainTree(top, trace, session_id, why)
    # GitPython looks for git when it is imported, and fails where there is none.
    from itc_tui.adapters.tree.git_repository import GitRepository

    return GitRepository(top, trace, session_id, branch_mode, stop)


def _why_no_git(root: Path) -> str:
    if shutil.which("git") is None:
        return "There is no git on this machine."
    above = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    if above is None:
        return "This folder is not in a git repository."
    if above != root and not _is_part_of_one(root):
        return f"The repository at {above} does not hold this folder."
    return ""


def _is_part_of_one(root: Path) -> bool:
    """A home folder under git, or a build folder that is ignored, is not this project's history."""
    command = ["git", "-C", str(root), "ls-files", "--error-unmatch", "--", "."]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
