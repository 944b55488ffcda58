"""`git revert` in a scratch repository: its outcome is known before anything is touched."""

from __future__ import annotations

import tempfile
from pathlib import Path

from itc_tui.adapters.tree.plumbing.commands import GitCommands, plainly
from itc_tui.adapters.tree.plumbing.identity import EMAIL, NAME
from itc_tui.domain.trouble import RepositoryTrouble


def reverted_tree(commands: GitCommands, head: str, sha: str, what: str) -> str:
    """The tree that HEAD becomes without commit `sha`; raises RepositoryTrouble when it conflicts.

    Git itself does it, but the scratch has its own HEAD, index and tree: a conflict, or a kill,
    leaves no mark in the person's repository.
    """
    with tempfile.TemporaryDirectory(prefix="itc-revert-") as folder:
        scratch, tree = Path(folder) / "git", Path(folder) / "tree"
        tree.mkdir()
        kind = "sha256" if len(head) == 64 else "sha1"
        commands.must(
            "init", "--quiet", "--bare", "--template=", f"--object-format={kind}", str(scratch)
        )
        _share_history(commands, scratch)
        env = {
            "GIT_DIR": str(scratch),
            "GIT_WORK_TREE": str(tree),
            "GIT_INDEX_FILE": str(scratch / "index"),
            "GIT_OBJECT_DIRECTORY": str(commands.path_of("objects").resolve()),
            **{f"GIT_{role}_NAME": NAME for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_EMAIL": EMAIL for role in ("AUTHOR", "COMMITTER")},
        }
        alone = (
            "-C",
            str(tree),
            "-c",
            "core.bare=false",
            "-c",
            f"core.hooksPath={tree / 'none'}",
            "-c",
            "commit.gpgSign=false",
            "-c",
            "gc.auto=0",
        )
        commands.must(*alone, "update-ref", "--no-deref", "HEAD", head, env=env)
        commands.must(*alone, "read-tree", "HEAD", env=env)
        done = commands.ask(*alone, "revert", "--no-edit", sha, env=env)
        if done.code != 0:
            names = commands.ask(*alone, "diff", "--name-only", "--diff-filter=U", env=env).text
            where = f" ({', '.join(names.splitlines())})" if names else ""
            raise RepositoryTrouble(
                f"{what} cannot be reverted: later changes to the same lines{where} conflict "
                f"with it. Nothing was changed. Git says: {plainly(done.words, 200)}"
            )
        return commands.must(*alone, "rev-parse", "HEAD^{tree}", env=env).text


def _share_history(commands: GitCommands, scratch: Path) -> None:
    """A shallow clone's history ends where its own list says so."""
    shallow = commands.path_of("shallow")
    if shallow.exists():
        (scratch / "shallow").write_bytes(shallow.read_bytes())
