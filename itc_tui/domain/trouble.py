"""Errors that a person can do something about: one clear sentence, and an exit code."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    SUCCESS = 0
    OUR_FAULT = 1
    WRONG_USE = 2
    PARTIAL_SUCCESS = 3
    NOT_REACHED = 4
    PRODUCT_BUGS = 5
    STOPPED = 130


class Trouble(Exception):
    """Says what is wrong and what to do; shown without a traceback."""

    exit_code: ExitCode = ExitCode.WRONG_USE

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class SessionTrouble(Trouble):
    """A session's files are damaged, foreign, newer, or in use."""


class RepositoryTrouble(Trouble):
    """Git, or the state of the person's tree, does not allow it."""


class TargetTrouble(Trouble):
    """The target cannot be run: no interpreter, no pytest, nothing to import."""


class ChangedByPerson(Trouble):
    """A file of ours was edited since we wrote it; it is not overwritten."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} was changed since it was written; it is left as it is. "
            "Go on with `itc -c`, which takes it up as it stands."
        )
        self.path = path


class EngineTrouble(Trouble):
    """An engine cannot answer; the next in the chain is asked."""

    exit_code = ExitCode.OUR_FAULT


class Stopped(Exception):
    """The person stopped; everything up to the last step is persisted."""
