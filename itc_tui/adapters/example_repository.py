"""Makes a folder a git repository with one commit, the same everywhere."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from itc_tui.domain.trouble import RepositoryTrouble

AUTHOR = ("The tea shop", "developers@shop.example")
COMMITTED_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
MESSAGE = "The shop as it is"


def make_example_repository(folder: Path) -> Path:
    """Commit everything in `folder`; identity, dates and settings are its own, not the machine's.

    Later commits find an identity too, run no hooks of the machine's, and are not signed:
    nobody is asked for a passphrase over an example.
    """
    if shutil.which("git") is None:
        raise RepositoryTrouble("The example is kept in git, and there is none here; install git.")
    # GitPython looks for git when it is imported, and fails where there is none.
    from git import Actor, Repo

    author = Actor(*AUTHOR)
    with Repo.init(folder, initial_branch="main") as repo:
        with repo.config_writer() as config:
            config.set_value("user", "name", AUTHOR[0])
            config.set_value("user", "email", AUTHOR[1])
            config.set_value("commit", "gpgsign", "false")
            config.set_value("core", "autocrlf", "false")
            config.set_value("core", "hooksPath", os.devnull)
            config.set_value("core", "excludesFile", os.devnull)
        repo.git.add(".", force=True)
        repo.index.commit(
            MESSAGE,
            author=author,
            committer=author,
            author_date=COMMITTED_AT,
            commit_date=COMMITTED_AT,
            skip_hooks=True,
        )
    return folder
