"""The person's tree and its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from itc_tui.domain.record import Record


class Readiness(Record):
    """What git says before anything is touched."""

    has_git: bool = False
    branch: str = ""
    """Empty when HEAD is detached."""
    head: str = ""
    problem: str = ""
    """Why we must not start (a merge under way …), with what to do; empty when we may."""
    warnings: tuple[str, ...] = ()


class Commit(Record):
    sha: str
    message: str
    step: str
    """The trailer `Itc-Step`, by which a continued session recognises it."""
    warnings: tuple[str, ...] = ()
    """What is worth telling: a hook rewrote a file, the index is held by another process."""


class Repository(Protocol):
    """The person's tree and its history; touches only what is ours."""

    def readiness(self) -> Readiness: ...

    def read(self, path: str) -> str | None:
        """Text of a file, or None when it is not there."""
        ...

    def is_ours(self, path: str) -> bool: ...

    def changed_by_person(self) -> tuple[str, ...]:
        """Our files whose text is not what we last wrote."""
        ...

    def take_up(self, path: str) -> None:
        """Accept the person's text of one of our files as what stands."""
        ...

    def write(self, path: str, text: str) -> None:
        """Write one of our files, or a new one. Refuses the person's, and links out of the root.

        Safe to repeat; the text before it is kept for `restore`.
        """
        ...

    def owned_paths(self) -> tuple[str, ...]:
        """Every file of this session that we wrote and that was not taken back."""
        ...

    def restore(self, paths: Sequence[str]) -> None:
        """Bring our files back to what the last kept step left; new ones vanish."""
        ...

    def keep(self, paths: Sequence[str], message: str, session_id: str, step: str) -> Commit | None:
        """Commit these paths of ours, or adopt the commit of that step if it is there already.

        None when nothing differs from the last kept step.
        """
        ...

    def revert(self, commit: Commit, message: str, session_id: str, step: str) -> Commit:
        """`git revert` of one commit of ours; adopts the revert if it is there already."""
        ...

    def diff(self, commit: Commit, *, is_backward: bool = False) -> str:
        """What it changed; backward, what changes when it is taken back."""
        ...
