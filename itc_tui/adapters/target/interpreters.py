"""Finds the interpreter that a project's own tests run in, reading files before running tools."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from itc_tui.adapters.target.project_files import project_name, pyproject_of, table

TOOL_LIMIT_S = 10.0
OURS = "itc itself"
ON_PATH = "PATH"
FOLDERS = (".venv", "venv", "env", ".env")


@dataclass(frozen=True)
class Candidate:
    python: Path
    found_by: str


def candidates(root: Path, environ: Mapping[str, str] | None = None) -> Iterator[Candidate]:
    """The target's interpreters, the likeliest first; ours is not among them."""
    environ = os.environ if environ is None else environ
    for found_by, folder in _environments(root, environ):
        python = python_in(folder)
        is_in_root = folder.parent == root
        if python is not None and (is_in_root or not _is_ours(folder)):
            yield Candidate(python, found_by)
    for name in ("python3", "python"):
        found = shutil.which(name, path=environ.get("PATH"))
        if found and not _is_our_python(Path(found)):
            yield Candidate(Path(found), ON_PATH)


def ours() -> Candidate:
    return Candidate(Path(sys.executable), OURS)


def named(value: str, root: Path) -> Path | None:
    """What the settings name: a path, an environment's folder, or a command."""
    path = Path(value).expanduser()
    path = path if path.is_absolute() else root / path
    if path.is_dir():
        return python_in(path)
    if path.is_file():
        return path
    found = shutil.which(value)
    return Path(found) if found else None


def python_in(folder: Path) -> Path | None:
    for name in ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe"):
        if (folder / name).is_file():
            return folder / name
    return None


def _environments(root: Path, environ: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    for name in FOLDERS:
        yield name, root / name
    if chosen := environ.get("UV_PROJECT_ENVIRONMENT"):
        yield "uv", root / chosen
    if active := environ.get("VIRTUAL_ENV"):
        yield "$VIRTUAL_ENV", Path(active)
    if active := environ.get("CONDA_PREFIX"):
        yield "$CONDA_PREFIX", Path(active)
    for folder in _parents_in_workspace(root):
        yield f"{folder.name}/.venv", folder / ".venv"
    yield from _tools(root, environ)


def _parents_in_workspace(root: Path) -> Iterator[Path]:
    """A member of a workspace uses the environment of the whole."""
    for folder in root.parents:
        if (root / ".git").exists() or folder == Path.home() or folder == folder.parent:
            return
        yield folder
        if (folder / ".git").exists():
            return


def _tools(root: Path, environ: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    tool = table(pyproject_of(root), "tool")
    if "poetry" in tool or (root / "poetry.lock").exists():
        yield from (("poetry", folder) for folder in _poetry(root, environ))
    if (root / ".pdm-python").is_file():
        # The file names the interpreter; its environment is the folder above `bin`.
        text = (root / ".pdm-python").read_text(encoding="utf-8", errors="replace").strip()
        yield "pdm", Path(text).parent.parent
    if (root / "Pipfile").exists():
        yield from (("pipenv", folder) for folder in _told(root, "pipenv", "--venv"))
    if "hatch" in tool or (root / "hatch.toml").exists():
        yield from (("hatch", folder) for folder in _hatch(root))
    for name in ("environment.yml", "environment.yaml", "conda.yml"):
        if (root / name).is_file():
            yield from (("conda", folder) for folder in _conda(root / name))


def _poetry(root: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    """Poetry names its environments after the project and a digest of its folder."""
    name = re.sub(r'[ $`!*@"\\\r\n\t]', "_", project_name(root).lower())[:42]
    digest = hashlib.sha256(os.path.normcase(str(root)).encode()).digest()
    stem = f"{name}-{base64.urlsafe_b64encode(digest).decode()[:8]}"
    homes = [environ[key] for key in ("POETRY_VIRTUALENVS_PATH",) if environ.get(key)]
    homes += [f"{environ[key]}/virtualenvs" for key in ("POETRY_CACHE_DIR",) if environ.get(key)]
    homes += ["~/.cache/pypoetry/virtualenvs", "~/Library/Caches/pypoetry/virtualenvs"]
    found = False
    for home in homes:
        for folder in sorted(Path(home).expanduser().glob(f"{stem}-py*"), reverse=True):
            found = True
            yield folder
    if not found:
        yield from _told(root, "poetry", "env", "info", "--path")


def _hatch(root: Path) -> Iterator[Path]:
    name = project_name(root).lower().replace("_", "-")
    homes = ("~/.local/share/hatch", "~/Library/Application Support/hatch")
    for home in homes:
        folders = list((Path(home).expanduser() / "env/virtual" / name).glob(f"*/{name}"))
        if len(folders) == 1:
            yield folders[0]
            return
    yield from _told(root, "hatch", "env", "find", "default")


def _conda(file: Path) -> Iterator[Path]:
    """The file names the environment; conda keeps a list of all that it made."""
    match = re.search(r"(?m)^name:\s*[\"']?([\w.-]+)", file.read_text(errors="replace"))
    known = Path("~/.conda/environments.txt").expanduser()
    if match is None or not known.is_file():
        return
    for line in known.read_text(encoding="utf-8", errors="replace").splitlines():
        if Path(line.strip()).name == match.group(1):
            yield Path(line.strip())


def _told(root: Path, tool: str, *words: str) -> Iterator[Path]:
    """A folder that the tool itself prints, where it is installed and answers in time."""
    if shutil.which(tool) is None:
        return
    try:
        done = subprocess.run(
            [tool, *words],
            cwd=root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TOOL_LIMIT_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return
    lines = done.stdout.strip().splitlines()
    if done.returncode == 0 and lines:
        yield Path(lines[-1].strip())


def _is_ours(folder: Path) -> bool:
    try:
        return folder.resolve() == Path(sys.prefix).resolve()
    except OSError:
        return False


def _is_our_python(python: Path) -> bool:
    return python.parent.resolve() == Path(sys.executable).parent.resolve()
