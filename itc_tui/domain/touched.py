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
    inventory = inventory or Inventory()
    found = Touched()
    for path in paths:
        names = _names(path, exploration or Exploration(), inventory)
        if names is not None:
            found = found.plus(Touched(files=(path,), names=names))
    return found


def _names(path: str, exploration: Exploration, inventory: Inventory) -> tuple[str, ...] | None:
    mine = tuple(case.node_id for case in inventory.cases if _file_of(case.node_id) == path)
    if mine or any(file.path == path for file in inventory.test_files):
        return (*mine, path)
    everything = tuple(case.node_id for case in inventory.cases)
    name = PurePosixPath(path).name
    if name in _CONFIGURE_PYTEST or name == "conftest.py":
        return everything
    if not name.endswith((".py", ".pyi")) or _is_another_test(name):
        return None
    boundaries = _boundaries_of(path, exploration)
    crossing = {proof.case_id for proof in inventory.proofs if boundaries & set(proof.crosses)}
    tests = tuple(
        case.node_id
        for case in inventory.cases
        if case.boundary in boundaries or case.case_id in crossing
    )
    # A module that stands on no boundary may be used by all that do.
    return tests or everything


def _boundaries_of(path: str, exploration: Exploration) -> set[str]:
    return {
        point.name
        for point in exploration.integration_points
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


def _file_of(node_id: str) -> str:
    return node_id.partition("::")[0]
