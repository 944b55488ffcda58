"""The half of a repository that is the same with git and without: reading and writing files."""

from __future__ import annotations

from itc_tui.adapters.tree.owned.owned_tree import OwnedTree


class FileSide:
    _tree: OwnedTree

    def read(self, path: str) -> str | None:
        return self._tree.read(path)

    def is_ours(self, path: str) -> bool:
        return self._tree.is_ours(path)

    def is_as_written(self, path: str) -> bool:
        """One of ours that nobody touched since: what a watcher need not tell."""
        return self._tree.is_as_written(path)

    def changed_by_person(self) -> tuple[str, ...]:
        return self._tree.changed_by_person()

    def take_up(self, path: str) -> None:
        self._tree.take_up(path)

    def write(self, path: str, text: str) -> None:
        self._tree.write(path, text)

    def owned_paths(self) -> tuple[str, ...]:
        return self._tree.owned_paths()
