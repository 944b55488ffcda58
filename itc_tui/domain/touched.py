"""Which tests a changed file touches: those of its boundaries, or all where nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.record import Record

_CONFIGURE_PYTEST = {"pyproject.toml", "pytest.ini", "tox.ini", "setup.cfg"}


class Touched(Record):
    """Files that somebody changed, and what to run because of them."""

    files: tuple[str, ...] = ()
    """Those that matter to the tests of the session."""
    names: tuple[str, ...] = ()
    """Node ids; and a changed test file as a whole, for the tests that are new in it."""

    @property
    def tests(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if "::" in name)

    def plus(self, other: Touched) -> Touched:
        return Touched(
            files=tuple(dict.fromkeys((*self.files, *other.files))),
            names=tuple(dict.fromkeys((*self.names, *other.names))),
        )


def touched_by(
    paths: Iterable[str], exploration: Exploration | None, inventory: Inventory | None
) -> Touched:
    """Paths are relative to the root; what no test can notice is left out."""
    reach = _Reach(exploration or Exploration(), inventory or Inventory())
    files: list[str] = []
    found: dict[str, None] = {}
    touches_all = False
    for path in paths:
        names = reach.names(path)
        if names is None:
            continue
        files.append(path)
        if names is reach.everything:
            touches_all = True  # laid in once: after a checkout there may be a thousand of them
        else:
            found.update(dict.fromkeys(names))
    everything = dict.fromkeys(reach.everything if touches_all else ())
    return Touched(files=tuple(files), names=tuple(everything | found))


class _Reach:
    """Which tests stand in which file, and on which boundary; looked up for any number of paths."""

    def __init__(self, exploration: Exploration, inventory: Inventory) -> None:
        self._exploration = exploration
        self.everything = tuple(case.node_id for case in inventory.cases)
        self._in_file: dict[str, list[str]] = {file.path: [] for file in inventory.test_files}
        self._on_boundary: dict[str, list[str]] = {}
        crossed = {proof.case_id: proof.crosses for proof in inventory.proofs if proof.case_id}
        for case in inventory.cases:
            self._in_file.setdefault(case.node_id.partition("::")[0], []).append(case.node_id)
            for boundary in {case.boundary, *crossed.get(case.case_id, ())}:
                self._on_boundary.setdefault(boundary, []).append(case.node_id)

    def names(self, path: str) -> tuple[str, ...] | None:
        if path in self._in_file:
            return (*self._in_file[path], path)
        name = PurePosixPath(path).name
        if name in _CONFIGURE_PYTEST or name == "conftest.py":
            return self.everything
        if not name.endswith((".py", ".pyi")) or _is_another_test(name):
            return None
        tests = {
            test
            for boundary in self._boundaries_of(path)
            for test in self._on_boundary.get(boundary, ())
        }
        if not tests:  # a module that stands on no boundary may be used by all that do
            return self.everything
        return tuple(test for test in self.everything if test in tests)

    def _boundaries_of(self, path: str) -> set[str]:
        return {
            point.name
            for point in self._exploration.integration_points
            if any(site.file == path for site in point.sites)
            or _is_module(path, point.from_module)
            or (not point.is_outer and _is_module(path, point.to_module))
        }


def _is_module(path: str, module: str) -> bool:
    dotted = path.rpartition(".")[0].replace("/", ".").removesuffix(".__init__")
    return bool(module) and f".{dotted}".endswith(f".{module}")


def _is_another_test(name: str) -> bool:
    """Not of this session: what is changed in it touches none of its tests."""
    stem = name.rpartition(".")[0]
    return stem.startswith("test_") or stem.endswith("_test")
