"""Run git through GitPython: bytes in, bytes out, in the person's repository and no other."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import git

from itc_tui.adapters.tree.plumbing.ending import heard_out
from itc_tui.domain.trouble import RepositoryTrouble
from itc_tui.ports import StopSwitch

#: Where git looks when these are set, say because a hook of another repository started us.
_ELSEWHERE = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
)


@dataclass(frozen=True)
class Answer:
    code: int
    out: bytes
    words: str
    """What git or a hook said, for people."""

    @property
    def text(self) -> str:
        return self.out.decode("utf-8", "surrogateescape").rstrip("\n")

    @property
    def fields(self) -> tuple[str, ...]:
        """The parts of a `-z` answer."""
        return tuple(self.out.decode("utf-8", "surrogateescape").rstrip("\0").split("\0"))


class GitCommands:
    """One repository's git."""

    def __init__(self, folder: Path, stop: StopSwitch | None = None) -> None:
        self.top = folder
        self._stop = stop or StopSwitch()
        self._git = git.Git(folder)
        where = self.ask("rev-parse", "--show-toplevel")
        if where.code != 0:
            raise RepositoryTrouble(f"git cannot work in {folder}: {plainly(where.words)}")
        self.top = Path(where.text)
        self._git = git.Git(self.top)

    def close(self) -> None:
        """GitPython keeps children for some of its commands."""
        self._git.clear_cache()

    def ask(
        self,
        *words: str,
        content: bytes | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer, whatever it is. Never prompts, never opens an editor."""
        # What begins after the stop puts things back in order, and is let be.
        stop = StopSwitch() if self._stop.is_pulled else self._stop
        with tempfile.TemporaryFile() as stdin:
            stdin.write(content or b"")
            stdin.seek(0)
            # A group of its own: a hook may run for minutes, and has to end when we do.
            running = self._git.execute(
                # With -C, because GitPython falls back to our own folder when this one is gone.
                [*_without_elsewhere(env or {}), "git", "-C", str(self.top), *words],
                istream=stdin,
                as_process=True,
                env={**_QUIET, **(env or {})},
                start_new_session=True,
            )
            process = running.proc
            assert process is not None
            out, err = heard_out(process, stop)
        return Answer(process.returncode, out, err.decode("utf-8", "surrogateescape").rstrip("\n"))

    def must(
        self,
        *words: str,
        content: bytes | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Answer:
        """An answer that has to be good; otherwise RepositoryTrouble in git's own words."""
        answer = self.ask(*words, content=content, env=env)
        if answer.code != 0:
            raise RepositoryTrouble(f"`git {_deed(words)}` failed: {plainly(answer.words)}")
        return answer

    def path_of(self, name: str) -> Path:
        """Where git keeps one of its own files, in linked worktrees too."""
        return self.paths_of(name)[0]

    def paths_of(self, *names: str) -> tuple[Path, ...]:
        asked = (word for name in names for word in ("--git-path", name))
        lines = self.must("rev-parse", *asked).text.split("\n")
        return tuple(self.top / line for line in lines)

    def head(self) -> str:
        """The commit that HEAD names; empty on a branch without commits."""
        answer = self.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        return answer.text if answer.code == 0 else ""

    @cached_property
    def no_object(self) -> str:
        """The name of nothing, as long as this repository's names are."""
        kind = self.ask("rev-parse", "--show-object-format").text
        return "0" * (64 if kind == "sha256" else 40)

    def config(self, name: str) -> str:
        answer = self.ask("config", "--get", name)
        return answer.text if answer.code == 0 else ""

    def is_true(self, name: str) -> bool:
        return self.ask("config", "--type=bool", "--get", name).text == "true"


def plainly(words: str, limit: int = 600) -> str:
    """The last words of a command on one line; the end is where the reason stands."""
    bare = re.sub(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)?", "", words)
    bare = "".join(letter for letter in bare if letter.isprintable() or letter in "\n\t")
    line = " / ".join(part.strip() for part in bare.splitlines() if part.strip())
    return line if len(line) <= limit else "…" + line[-limit:]


_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": ":", "GIT_OPTIONAL_LOCKS": "0"}


def _without_elsewhere(meant: Mapping[str, str]) -> list[str]:
    """GitPython hands our whole environment on; these must not reach git, nor its hooks."""
    names = [name for name in _ELSEWHERE if name in os.environ and name not in meant]
    return ["env", *(word for name in names for word in ("-u", name))] if names else []


def _deed(words: tuple[str, ...]) -> str:
    """The verb among a command's words, past the options that stand before it."""
    rest = iter(words)
    for word in rest:
        if word in {"-c", "-C"}:
            next(rest, None)
        elif not word.startswith("-"):
            return word
    return ""
