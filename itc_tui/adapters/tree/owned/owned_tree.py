"""The person's tree as we may touch it: our own files, and no other, with a way back for each."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from itc_tui.adapters.durable_files import flush_folder, why, write_durably
from itc_tui.adapters.tree.owned.ledger import Ledger, Owned
from itc_tui.adapters.tree.owned.safe_paths import inside
from itc_tui.adapters.tree.owned.undo_copies import ABSENT, UndoCopies, digest_of
from itc_tui.domain.trouble import ChangedByPerson, RepositoryTrouble


class OwnedTree:
    def __init__(
        self,
        root: Path,
        trace_dir: Path,
        is_claimed: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`is_claimed`: a path that is not on the disk is the person's all the same."""
        self.root = root
        self.ledger = Ledger(trace_dir)
        self.copies = UndoCopies(trace_dir / "undo")
        self._is_claimed = is_claimed

    def read(self, path: str) -> str | None:
        """Also the person's files; line ends come as one newline."""
        file = self.root / path
        if not file.resolve().is_relative_to(self.root.resolve()):
            raise RepositoryTrouble(f"{path!r} is not inside the repository; it is not read.")
        if not file.is_file():
            return None
        try:
            return as_text(file.read_bytes(), is_python=path.endswith((".py", ".pyi")))
        except OSError as problem:
            raise RepositoryTrouble(f"{path} cannot be read ({why(problem)}).") from problem

    def is_ours(self, path: str) -> bool:
        owned = self.ledger[path]
        return owned is not None and self._is_ours(owned, self._digest_on_disk(path))

    def is_as_written(self, path: str) -> bool:
        """One of ours, and nobody touched it since: what a watcher need not tell."""
        owned = self.ledger[path]
        return owned is not None and self._stands(owned, self._digest_on_disk(path))

    def changed_by_person(self) -> tuple[str, ...]:
        return tuple(
            path
            for path in self.ledger.paths
            if (owned := self.ledger[path]) and self._is_changed(owned, self._digest_on_disk(path))
        )

    def owned_paths(self) -> tuple[str, ...]:
        """Where something of ours stands; what was taken back is not among them."""
        return tuple(path for path in self.ledger.paths if self.is_ours(path))

    def take_up(self, path: str) -> None:
        owned = self.owned(path)
        content = self.on_disk(path)
        digest = ABSENT if content is None else self.copies.put(content)
        self.ledger.note(path, owned.but(stands=digest, undo_to=digest, coming=None))
        self.ledger.save()

    def write(self, path: str, text: str) -> None:
        file = inside(self.root, path)
        before = self.on_disk(path)
        owned = self.ledger[path]
        if before is None:
            if owned is None and self._is_claimed(path):
                raise RepositoryTrouble(
                    f"{path} is not on the disk but git knows it; it is not ours to write."
                )
        elif owned is None or not self._is_ours(owned, digest_of(before)):
            raise RepositoryTrouble(
                f"{path} is there already and this session did not write it; "
                "it is left as it is. Rename it, or choose another folder for the tests."
            )
        if owned is not None and self._is_changed(owned, digest_of(before)):
            raise ChangedByPerson(path)
        self.place(file, path, _with_line_ends_of(before, text), digest_of(before))

    def restore(self, paths: Sequence[str]) -> None:
        """All of them or none: every file is looked at before the first is touched."""
        wanted = []
        for path in paths:
            owned = self.owned(path)
            before = self.on_disk(path)
            if digest_of(before) != owned.undo_to and self._is_changed(owned, digest_of(before)):
                raise ChangedByPerson(path)
            content = self.copies.get(owned.undo_to)
            wanted.append((inside(self.root, path), path, content, digest_of(before)))
        for one in wanted:
            self.place(*one)

    def place(self, file: Path, path: str, content: bytes | None, seen: str) -> None:
        """Ledger first, then the file; None takes it away. `seen` is what the caller found."""
        digest = ABSENT if content is None else self.copies.put(content)
        owned = self.ledger[path] or Owned()
        self.ledger.note(path, owned.but(coming=digest))
        if content is not None:
            self._note_new_folders(file.parent)
        self.ledger.save()
        if self._digest_on_disk(path) != seen:  # saved by the person while we got ready
            self.ledger.note(path, owned)
            self.ledger.save()
            raise ChangedByPerson(path)
        try:
            if content is None:
                file.unlink(missing_ok=True)
                self._clear_folders(file.parent)
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                write_durably(file, content)
        except OSError as problem:
            raise RepositoryTrouble(
                f"{path} cannot be written ({why(problem)}); it is as it was."
            ) from problem
        self.ledger.note(path, owned.but(stands=digest, coming=None))
        self.ledger.save()

    def owned(self, path: str) -> Owned:
        """What the ledger holds for a path of ours; raises RepositoryTrouble for the person's."""
        owned = self.ledger[path]
        if owned is None:
            raise RepositoryTrouble(f"{path} was not written by this session; it is not touched.")
        return owned

    def mark_kept(self, paths: Iterable[str]) -> None:
        for path in paths:
            if owned := self.ledger[path]:
                self.ledger.note(path, owned.but(kept=owned.stands, undo_to=owned.stands))
        self.ledger.save()

    def take_as_kept(self, path: str, content: bytes | None) -> None:
        """A commit holds this text of ours; where a hook made it, on the disk too, it stands."""
        owned = self.owned(path)
        digest = ABSENT if content is None else self.copies.put(content)
        stands = digest if self._digest_on_disk(path) == digest else owned.stands
        self.ledger.note(path, owned.but(kept=digest, undo_to=digest, stands=stands))

    def take_from_hook(self, path: str, content: bytes) -> None:
        """It stands now, committed or not; what `restore` brings back stays what it was."""
        stands = self.copies.put(content)
        self.ledger.note(path, self.owned(path).but(stands=stands, coming=None))
        self.ledger.save()

    def must_be_as_written(self, paths: Iterable[str]) -> None:
        for path in paths:
            if self._is_changed(self.owned(path), self._digest_on_disk(path)):
                raise ChangedByPerson(path)

    def on_disk(self, path: str) -> bytes | None:
        try:
            return inside(self.root, path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as problem:
            raise RepositoryTrouble(f"{path} cannot be read ({why(problem)}).") from problem

    def _digest_on_disk(self, path: str) -> str:
        try:
            return digest_of(self.on_disk(path))
        except RepositoryTrouble:
            return "unreadable"  # a link or a folder now stands there: not what we wrote

    @staticmethod
    def _stands(owned: Owned, digest: str) -> bool:
        return digest == owned.stands or (owned.coming is not None and digest == owned.coming)

    def _is_ours(self, owned: Owned, digest: str) -> bool:
        # Where nothing of ours stands, a file with that name is the person's own.
        return owned.stands != ABSENT or (digest != ABSENT and digest == owned.coming)

    def _is_changed(self, owned: Owned, digest: str) -> bool:
        return self._is_ours(owned, digest) and not self._stands(owned, digest)

    def _note_new_folders(self, folder: Path) -> None:
        missing = []
        while folder != self.root and not folder.exists():
            missing.append(folder.relative_to(self.root).as_posix())
            folder = folder.parent
        known = self.ledger.pages.folders
        self.ledger.turn(folders=(*known, *(name for name in missing if name not in known)))

    def _clear_folders(self, folder: Path) -> None:
        while folder != self.root:
            if folder.is_dir():
                flush_folder(folder)
                name = folder.relative_to(self.root).as_posix()
                if name not in self.ledger.pages.folders or any(folder.iterdir()):
                    return
                folder.rmdir()
            folder = folder.parent


def as_text(content: bytes, *, is_python: bool) -> str:
    """Text in its own encoding; what cannot be decoded is marked, not lost silently."""
    encoding = "utf-8-sig"
    if is_python:
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        except SyntaxError:
            encoding = "utf-8-sig"
    text = content.decode(encoding, "replace")
    return text.replace("\r\n", "\n")


def _with_line_ends_of(before: bytes | None, text: str) -> bytes:
    content = text.encode("utf-8", "backslashreplace")
    if before is not None and before.count(b"\n") == before.count(b"\r\n") > 0:
        content = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return content
