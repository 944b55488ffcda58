"""Finds the Python files of a target and names them as modules; skips what is not its own code."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.inside.others import NOT_OURS
from itc_tui.engines.builtin.map.word_sets import words

NOT_SOURCE = words(
    """
    build dist docs doc examples example samples venv env virtualenv htmlcov benchmarks
    """
)
"""Folders that hold no source of the product when they are not packages themselves."""
TEST_FOLDERS = frozenset(("test", "tests", "testsuite", "test_suite"))
USUAL_ROOTS = ("src", "lib", "python", "source")
SOURCE = (".py", ".pyi")
COMPILED = (".so", ".pyd")
DEPTH_LIMIT = 40
FILES_LIMIT = 20_000
NOT_MODULES = frozenset(("setup.py", "conftest.py", "noxfile.py", "tasks.py", "fabfile.py"))


@dataclass(frozen=True, slots=True)
class SourceFile:
    module: str
    """Dotted name under which the target itself imports it."""
    path: str
    """Relative to the root, with forward slashes."""
    is_package: bool = False
    is_test: bool = False
    """Under a folder of tests, or named like one."""
    is_stub: bool = False


@dataclass(slots=True)
class FoundFiles:
    files: list[SourceFile] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What was left out although it looked like source, each with its reason."""


def find_files(target: Target) -> FoundFiles:
    root = Path(target.root)
    found = FoundFiles()
    taken: dict[str, str] = {}
    for source_root in _roots(root, target):
        for top in _tops(root / source_root, target.packages):
            found.packages.append(top.stem if top.is_file() else top.name)
            for file in _module_files(root, top):
                _take(file, taken, found)
            found.notes += _compiled(root, top)
    for file in _test_files(root):
        _take(file, taken, found)
    found.packages = list(dict.fromkeys(found.packages))
    return found


def _roots(root: Path, target: Target) -> tuple[str, ...]:
    """Where packages stand; the usual places when they are not where the target says."""
    told = target.source_roots or (".",)
    if any(_tops(root / place, target.packages) for place in told if place != ".") or (
        "." in told and target.packages and _tops(root, target.packages)
    ):
        return told
    usual = tuple(name for name in USUAL_ROOTS if (root / name).is_dir())
    return tuple(name for name in usual if _tops(root / name, target.packages)) or told


def _take(file: SourceFile, taken: dict[str, str], found: FoundFiles) -> None:
    if f"/{file.path}" in taken:
        return
    if len(found.files) >= FILES_LIMIT:
        found.notes = found.notes or [f"{file.path} and more: over {FILES_LIMIT} files"]
        return
    taken[f"/{file.path}"] = file.path
    earlier = taken.setdefault(file.module, file.path)
    if earlier == file.path:
        found.files.append(file)
    elif not file.is_stub and not file.is_test:
        found.notes.append(f"{file.path}: is named {file.module}, like {earlier}")


def _tops(folder: Path, packages: tuple[str, ...]) -> list[Path]:
    """The packages and modules that stand directly in a source root."""
    if packages:
        wanted = [folder / name.replace(".", "/") for name in packages]
        tops = [path for path in wanted if path.is_dir()]
        tops += [path.with_suffix(".py") for path in wanted if path.with_suffix(".py").is_file()]
        return tops
    if (folder / "__init__.py").is_file():
        return [folder]
    return [path for path in _sorted(folder) if _is_top(path)]


def _is_top(path: Path) -> bool:
    if path.is_file():
        return (
            path.suffix == ".py" and path.name not in NOT_MODULES and not _is_test_name(path.name)
        )
    if not path.name.isidentifier() or path.name in NOT_OURS | TEST_FOLDERS or path.is_symlink():
        return False
    if (path / "pyvenv.cfg").exists():
        return False
    if (path / "__init__.py").is_file():
        return True
    return path.name not in NOT_SOURCE and any(one.suffix == ".py" for one in _sorted(path))


def _module_files(root: Path, top: Path) -> Iterator[SourceFile]:
    if top.is_file():
        yield SourceFile(top.stem, _relative(root, top), is_test=_is_test_name(top.name))
        return
    for path in walked(top, SOURCE, skip=NOT_OURS):
        inside = path.relative_to(top)
        parts = [top.name, *inside.with_suffix("").parts]
        is_package = parts[-1] == "__init__"
        if is_package:
            parts.pop()
        yield SourceFile(
            ".".join(parts),
            _relative(root, path),
            is_package,
            is_test=bool(TEST_FOLDERS & {top.name, *inside.parts[:-1]}) or _is_test_name(path.name),
            is_stub=path.suffix == ".pyi",
        )


def _test_files(root: Path) -> Iterator[SourceFile]:
    """Tests that stand beside the packages; their names are their paths."""
    for path in walked(root, SOURCE, skip=NOT_OURS | {"build", "dist"}):
        inside = path.relative_to(root)
        in_tests = bool(TEST_FOLDERS & set(inside.parts[:-1]))
        if path.suffix == ".py" and (in_tests or _is_test_name(path.name)):
            parts = [*inside.with_suffix("").parts]
            if parts[-1] == "__init__":
                parts.pop()
            yield SourceFile(".".join(parts), inside.as_posix(), is_test=True)


def _compiled(root: Path, top: Path) -> list[str]:
    """Extension modules that neither source nor stub explains."""
    if not top.is_dir():
        return []
    return [
        f"{_relative(root, path)}: is compiled, so its calls are not seen"
        for path in walked(top, COMPILED, skip=NOT_OURS)
        if not any((path.parent / f"{path.name.split('.')[0]}{end}").exists() for end in SOURCE)
    ]


def folders_of_others(root: Path, own_files: Collection[str]) -> list[str]:
    """Folders beside these files that hold code, and that of other people."""
    own = sorted({(root / file).parent for file in own_files})
    beside = [folder / name for folder in own for name in sorted(NOT_OURS)]
    return [_relative(root, path) for path in beside if any(walked(path, SOURCE, NOT_OURS))]


def walked(folder: Path, endings: tuple[str, ...], skip: frozenset[str]) -> Iterator[Path]:
    """Depth first, in order; links to folders are not followed, so no circle is walked."""
    stack = [(folder, 0)]
    while stack:
        place, depth = stack.pop()
        deeper = []
        for entry in _entries(place):
            if entry.name.endswith(endings) and entry.is_file():
                yield place / entry.name
            elif depth < DEPTH_LIMIT and _is_walked(entry, skip):
                deeper.append((place / entry.name, depth + 1))
        stack += reversed(deeper)


def _is_walked(entry: os.DirEntry[str], skip: frozenset[str]) -> bool:
    name = entry.name
    return (
        not name.startswith(".")
        and name not in skip
        and not name.endswith((".egg-info", ".dist-info"))
        and entry.is_dir(follow_symlinks=False)
        and not Path(entry.path, "pyvenv.cfg").exists()
    )


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            # A name that is no text could be neither shown nor written to the session.
            spoken = [one for one in entries if one.name.isprintable()]
            return sorted(spoken, key=lambda one: one.name)
    except OSError:
        return []


def _sorted(folder: Path) -> list[Path]:
    return [folder / entry.name for entry in _entries(folder)]


def _is_test_name(name: str) -> bool:
    return name == "conftest.py" or (
        name.endswith(".py") and (name.startswith("test_") or name.endswith("_test.py"))
    )


def _relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
