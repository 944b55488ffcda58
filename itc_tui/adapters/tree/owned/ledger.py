"""Which files are ours, and what stands in each: written down before a file is touched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from itc_tui.adapters.durable_files import why, write_durably
from itc_tui.adapters.tree.owned.undo_copies import ABSENT
from itc_tui.domain.record import Record
from itc_tui.domain.trouble import RepositoryTrouble

FILE_NAME = "owned.json"


class Owned(Record):
    """One file of ours; texts are named by the digest of their undo copy."""

    stands: str = ABSENT
    """What we last wrote, or took up from the person."""
    coming: str | None = None
    """What is about to be written: a process killed in between leaves one or the other."""
    kept: str = ABSENT
    """What the last kept step left."""
    undo_to: str = ABSENT
    """What `restore` brings back: what was kept, or what the person made of it since."""


class KeptChange(Record):
    """One file in a step that was kept without git."""

    path: str
    before: str = ABSENT
    after: str = ABSENT


class KeptStep(Record):
    sha: str
    step: str
    message: str
    changes: tuple[KeptChange, ...] = ()


class Pages(Record):
    """What stands in the ledger's file."""

    version: int = 1
    session_id: str = ""
    base: str = ""
    """HEAD when the session began: our commits are looked for after it."""
    files: Mapping[str, Owned] = Field(default_factory=dict)
    folders: tuple[str, ...] = ()
    """Folders that we made, and may take away when they are empty again."""
    unsettled: tuple[str, ...] = ()
    """Commits of ours that the person's index does not show yet: another git held it."""
    steps: tuple[KeptStep, ...] = ()
    """Kept steps where there is no git."""


class Ledger:
    def __init__(self, trace_dir: Path) -> None:
        self._file = trace_dir / FILE_NAME
        self.is_new = not self._file.exists()
        self.pages = Pages() if self.is_new else self._read()

    def __getitem__(self, path: str) -> Owned | None:
        return self.pages.files.get(path)

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.pages.files))

    def note(self, path: str, owned: Owned) -> None:
        """Remember; `save` makes it last."""
        self.turn(files={**self.pages.files, path: owned})

    def turn(self, **changes: object) -> None:
        self.pages = self.pages.but(**changes)

    def save(self) -> None:
        text = self.pages.model_dump_json(indent=1)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_durably(self._file, text.encode())
        except OSError as problem:
            raise RepositoryTrouble(
                f"{self._file} cannot be written ({why(problem)}), so no file was touched."
            ) from problem

    def _read(self) -> Pages:
        try:
            pages = Pages.model_validate_json(self._file.read_bytes())
        except (OSError, ValidationError) as problem:
            raise RepositoryTrouble(
                f"{self._file} is damaged, so nobody knows which test files are ours; "
                "bring it back from a copy, or start a new session."
            ) from problem
        if pages.version > 1:
            raise RepositoryTrouble(
                f"{self._file} was written by a newer itc-tui (version {pages.version}); update."
            )
        return pages
