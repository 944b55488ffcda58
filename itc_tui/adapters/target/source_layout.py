"""Where a project keeps its packages, and where its integration tests belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from itc_tui.adapters.target.project_files import (
    PytestSettings,
    ini_of,
    is_project,
    pyproject_of,
    table,
)

NOT_PACKAGES = {
    *("tests", "test", "testing", "docs", "doc", "examples", "example", "samples", "sessions"),
    *("scripts", "bin", "tools", "dev", "build", "dist", "benchmarks", "benchmark", "env", "venv"),
    *("node_modules", "site", "htmlcov", "ci", "etc", "requirements", "assets", "static"),
    *("templates", "notebooks", "migrations", "typings", "stubs"),
}
NOT_MODULES = {
    *("setup", "conftest", "noxfile", "tasks", "fabfile", "dodo", "versioneer", "ez_setup"),
    "sitecustomize",
}
SCRIPT_FOLDERS = ("scripts", "bin", "tools")
MEMBER_PATTERNS = ("*", "packages/*", "libs/*", "lib/*", "services/*", "apps/*", "projects/*")
INTEGRATION_FOLDERS = (
    *("tests/integration", "test/integration", "tests/integration_tests", "tests/it"),
    *("integration_tests", "tests_integration"),
)


@dataclass(frozen=True)
class Layout:
    source_roots: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


def find_layout(root: Path) -> Layout:
    """Flat, src, namespace, several packages, single modules, scripts, and monorepos of these."""
    parts = [_own_layout(root)]
    for member in _members(root):
        relative = member.relative_to(root).as_posix()
        own = _own_layout(member)
        roots = (relative if part == "." else f"{relative}/{part}" for part in own.source_roots)
        parts.append(Layout(tuple(roots), own.packages))
    if not any(part.packages for part in parts):
        parts = [_script_layout(root)]
    return Layout(
        tuple(dict.fromkeys(name for part in parts for name in part.source_roots)),
        tuple(dict.fromkeys(name for part in parts for name in part.packages)),
    )


def choose_tests_dir(root: Path, layout: Layout, settings: PytestSettings) -> str:
    """The folder that a person of this project would put integration tests into."""
    existing = [name for name in INTEGRATION_FOLDERS if (root / name).is_dir()]
    declared = [
        path.relative_to(root).as_posix()
        for pattern in settings.testpaths
        if not pattern.startswith(("/", ".."))
        for path in (sorted(root.glob(pattern)) if pattern not in ("", ".") else ())
        if path.is_dir() and path.is_relative_to(root)
    ]
    existing += [name for name in declared if "integration" in Path(name).name]
    if existing:
        return existing[0]
    # `testpaths = ["src", "tests"]` runs the doctests of the sources; tests do not go there.
    holds_code = {*layout.source_roots, *_package_folders(layout)}
    homes = [name for name in declared if name not in holds_code]
    homes += [name for name in ("tests", "test") if (root / name).is_dir()]
    homes += list(_inner_tests(root, layout))
    plain = [
        name
        for name in settings.testpaths
        if re.fullmatch(r"[\w-][\w/-]*", name) and name not in holds_code
    ]
    # Pages with doctests are among the `testpaths` of many; where nothing else is collected,
    # tests beside them at least run.
    known = sorted((*homes, *plain), key=_is_of_pages)
    wanted = [Path(pattern).parts[0] for pattern in settings.python_files if "/" in pattern]
    of_files = [name for name in wanted if re.fullmatch(r"[\w-]+", name)]
    home = next((name for name in known if name_of_test_files(settings, name)), "")
    home = home or next(iter((*of_files, *known)), "tests")
    # A home for unit tests only has the integration tests beside it.
    folder = Path(home)
    if folder.name in ("unit", "unittests", "unit_tests") and folder.parent != Path():
        folder = folder.parent
    return (folder / "integration").as_posix()


def _is_of_pages(folder: str) -> bool:
    return Path(folder).parts[0] in ("doc", "docs", "documentation", "examples")


def _package_folders(layout: Layout) -> Iterator[str]:
    for part in layout.source_roots:
        for package in layout.packages:
            yield (Path(part) / package).as_posix()


def name_of_test_files(settings: PytestSettings, folder: str) -> str:
    """The form that pytest collects there; empty when it collects neither of the usual ones."""
    for form in ("test_{}.py", "{}_test.py"):
        name = form.format("orders_integration")
        if any(_collects(pattern, folder, name) for pattern in settings.python_files):
            return form
    return ""


def _collects(pattern: str, folder: str, name: str) -> bool:
    """As pytest compares: with the name alone, or where there is a folder in it, with the path."""
    if "/" not in pattern:
        return fnmatch(name, pattern)
    return fnmatch(f"/{folder}/{name}", f"*/{pattern}")


def _own_layout(folder: Path) -> Layout:
    roots = [name for name in dict.fromkeys(_declared_roots(folder)) if (folder / name).is_dir()]
    if not roots:
        roots = ["src"] if any(_packages_in(folder / "src")) else ["."]
    packages = [name for part in roots for name in _packages_in(folder / part)]
    if not packages and roots != ["."]:
        roots, packages = ["."], list(_packages_in(folder))
    return Layout(tuple(roots) if packages else (), tuple(dict.fromkeys(packages)))


def _declared_roots(folder: Path) -> Iterator[str]:
    """What the build settings say; people keep packages in folders of any name."""
    tree = pyproject_of(folder)
    setuptools = table(tree, "tool", "setuptools")
    yield from _texts(table(setuptools, "packages", "find").get("where"))
    yield from _texts(table(setuptools, "package-dir").get(""))
    for entry in table(tree, "tool", "poetry").get("packages", ()):
        if isinstance(entry, dict):
            yield from _texts(entry.get("from", "."))
    for path in table(tree, "tool", "hatch", "build", "targets", "wheel").get("packages", ()):
        yield Path(str(path)).parent.as_posix()
    yield from _texts(table(tree, "tool", "pdm", "build").get("package-dir"))
    yield from _texts(table(tree, "tool", "uv", "build-backend").get("module-root"))
    cfg = ini_of(folder / "setup.cfg")
    yield from cfg.get("options.packages.find", "where", fallback="").split()
    for line in cfg.get("options", "package_dir", fallback="").splitlines():
        if re.match(r"\s*=", line):
            yield line.split("=", 1)[1].strip()
    try:
        setup = (folder / "setup.py").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    yield from re.findall(r"""package_dir\s*=\s*\{\s*["']{2}\s*:\s*["']([^"']+)["']""", setup)
    yield from re.findall(
        r"""find_(?:namespace_)?packages\(\s*(?:where\s*=\s*)?["']([^"']+)["']""", setup
    )


def _texts(value: object) -> Iterator[str]:
    values = value if isinstance(value, list) else [value]
    yield from (part.rstrip("/") or "." for part in values if isinstance(part, str))


def _packages_in(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and _may_be_package(path) and _holds_code(path):
            yield path.name
    for path in sorted(folder.glob("*.py")):
        name = path.stem
        if name.isidentifier() and name not in NOT_MODULES and not _is_test_name(name):
            yield name


def _may_be_package(path: Path) -> bool:
    if not path.name.isidentifier() or path.name.startswith("_"):
        return False
    if is_project(path) or (path / "pyvenv.cfg").exists():
        return False
    return path.name.lower() not in NOT_PACKAGES


def _holds_code(path: Path, depth: int = 3) -> bool:
    """A package, or a namespace with one in it."""
    if any(path.glob("*.py")):
        return (path / "__init__.py").is_file() or not _is_only_tests(path)
    if depth == 0:
        return False
    return any(
        _holds_code(child, depth - 1)
        for child in path.iterdir()
        if child.is_dir() and _may_be_package(child)
    )


def _is_only_tests(path: Path) -> bool:
    return all(_is_test_name(file.stem) or file.stem == "conftest" for file in path.glob("*.py"))


def _is_test_name(name: str) -> bool:
    return name.startswith("test_") or name.endswith("_test") or name in ("test", "tests")


def _members(root: Path) -> Iterator[Path]:
    """Projects within the project: workspace members, and folders with a pyproject of their own."""
    workspace = table(pyproject_of(root), "tool", "uv", "workspace").get("members", ())
    patterns = [str(pattern) for pattern in workspace] or list(MEMBER_PATTERNS)
    seen = set()
    for pattern in patterns:
        if pattern.startswith("/") or ".." in pattern:
            continue
        for path in sorted(root.glob(pattern)):
            if path.is_dir() and path not in seen and path != root and is_project(path):
                if path.name.startswith(".") or path.name in ("docs", "examples", "tests"):
                    continue
                seen.add(path)
                yield path


def _script_layout(root: Path) -> Layout:
    """No package anywhere: folders of scripts that import each other."""
    roots, names = [], []
    for folder in SCRIPT_FOLDERS:
        if found := list(_packages_in(root / folder)):
            roots.append(folder)
            names += found
    return Layout(tuple(roots) or (".",), tuple(names))


def _inner_tests(root: Path, layout: Layout) -> Iterator[str]:
    """`package/tests`, for those who keep tests within the package."""
    for part in layout.source_roots:
        for package in layout.packages:
            folder = root / part / package / "tests"
            if any(folder.rglob("test_*.py")):
                yield folder.relative_to(root).as_posix()
