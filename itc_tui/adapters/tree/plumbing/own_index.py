"""An index of our own, made from HEAD: what the person has staged is neither committed nor lost."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

from itc_tui.adapters.durable_files import why
from itc_tui.adapters.tree.plumbing.commands import Answer, GitCommands, plainly
from itc_tui.adapters.tree.plumbing.entries import Entry, update_entries
from itc_tui.adapters.tree.plumbing.identity import missing_identity
from itc_tui.domain.trouble import RepositoryTrouble


class OwnIndex:
    """Used as a context; the person's index is only read."""

    def __init__(self, commands: GitCommands, folder: Path) -> None:
        self._commands = commands
        self._file = folder.resolve() / f"index-{os.getpid()}"
        self._env = {"GIT_INDEX_FILE": str(self._file)}
        self.head = commands.head()

    def __enter__(self) -> OwnIndex:
        clear_own_indexes(self._file.parent)
        theirs = self._commands.path_of("index")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            if theirs.exists():
                # Copied for what it knows of file times: otherwise git reads every file anew.
                shutil.copyfile(theirs, self._file)
        except OSError as problem:
            raise RepositoryTrouble(
                f"No index of our own can be made in {self._file.parent} ({why(problem)})."
            ) from problem
        # Resets this index of ours and nothing else: without -u no file is touched.
        words = ("--reset", self.head) if self.head else ("--empty",)
        self._commands.must("read-tree", *words, env=self._env)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        clear_own_indexes(self._file.parent)

    def fill(self, wanted: Mapping[str, Entry | None]) -> None:
        done, words = update_entries(self._commands, wanted, self._env)
        if not done:
            raise RepositoryTrouble(f"git could not prepare the commit: {plainly(words)}")

    def tree(self) -> str:
        return self._commands.must("write-tree", env=self._env).text

    def commit(self, message: str) -> Answer:
        """The person's own `git commit`, hooks and signing with it, over this index."""
        with _unsent_messages(self._commands):
            return self._commit(message)

    def _commit(self, message: str) -> Answer:
        return self._commands.ask(
            *("-c", "gc.auto=0", "-c", "maintenance.auto=false"),
            *("-c", "i18n.commitEncoding=UTF-8", "-c", "commit.verbose=false"),
            *("commit", "--quiet", "--no-status", "--cleanup=whitespace", "--file=-"),
            content=message.encode("utf-8", "replace"),
            env={**self._env, **_words_of_the_person(), **missing_identity(self._commands)},
        )


def clear_own_indexes(folder: Path) -> None:
    """Those of killed processes too: a session has one writer."""
    for file in folder.glob("index-*"):
        with contextlib.suppress(FileNotFoundError):
            file.unlink()


@contextlib.contextmanager
def _unsent_messages(commands: GitCommands) -> Iterator[None]:
    """What `git merge --squash` or a refused commit left for the person's next commit stays."""
    files = commands.paths_of("SQUASH_MSG", "MERGE_MSG", "COMMIT_EDITMSG")
    before = {file: file.read_bytes() for file in files if file.exists()}
    try:
        yield
    finally:
        for file, words in before.items():
            with contextlib.suppress(OSError):
                file.write_bytes(words)


def _words_of_the_person() -> dict[str, str]:
    """Hooks speak and read in the person's locale; and no pass-phrase is asked over our screen."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LANG") or "C.UTF-8"
    return {"LC_ALL": locale, "LANGUAGE": os.environ.get("LANGUAGE", ""), "GPG_TTY": ""}
