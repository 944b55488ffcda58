"""Every text that we wrote or must be able to bring back, kept under its digest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from itc_tui.adapters.durable_files import why, write_durably
from itc_tui.domain.trouble import RepositoryTrouble

ABSENT = ""
"""The digest of no file at all."""


def digest_of(content: bytes | None) -> str:
    """sha256; line ends do not count, since git may turn them at a checkout."""
    if content is None:
        return ABSENT
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


class UndoCopies:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        digest = digest_of(content)
        copy = self._folder / digest
        if not copy.exists():
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                write_durably(copy, content)
            except OSError as problem:
                raise RepositoryTrouble(
                    f"No undo copy can be kept in {self._folder} ({why(problem)}), "
                    "so nothing was changed."
                ) from problem
        return digest

    def get(self, digest: str) -> bytes | None:
        """None for no file; raises RepositoryTrouble when the copy is gone or damaged."""
        if digest == ABSENT:
            return None
        try:
            content = (self._folder / digest).read_bytes()
        except OSError as problem:
            raise RepositoryTrouble(
                f"The undo copy {self._folder / digest} cannot be read ({why(problem)}); "
                "the file is left as it is."
            ) from problem
        if digest_of(content) != digest:
            raise RepositoryTrouble(
                f"The undo copy {self._folder / digest} was changed; the file is left as it is."
            )
        return content

    def has(self, digest: str) -> bool:
        return digest == digest_of(b"") or (digest != ABSENT and (self._folder / digest).exists())
