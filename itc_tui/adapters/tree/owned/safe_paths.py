"""Turn a path as an engine names it into a file that is safe to write: ours to touch, inside."""

from __future__ import annotations

import stat
import unicodedata
from pathlib import Path, PurePosixPath

from itc_tui.domain.trouble import RepositoryTrouble


def inside(root: Path, path: str) -> Path:
    """The file that `path` names; raises RepositoryTrouble when it must not be touched."""
    parts = _parts(path)
    if not root.is_dir():
        raise RepositoryTrouble(f"{root} is gone; nothing is written.")
    spot = root
    for depth, part in enumerate(parts, start=1):
        spot = spot / part
        is_last = depth == len(parts)
        try:
            mode = spot.lstat().st_mode
        except FileNotFoundError:
            continue
        except OSError as problem:
            raise RepositoryTrouble(f"{path!r} cannot be reached: {problem.strerror}.") from problem
        if stat.S_ISLNK(mode):
            raise RepositoryTrouble(
                f"{path!r} goes through the link {'/'.join(parts[:depth])!r}; "
                "links are not followed, name the real path."
            )
        if is_last:
            if not stat.S_ISREG(mode):
                raise RepositoryTrouble(f"{path!r} is there already and is not a plain file.")
        elif not stat.S_ISDIR(mode):
            raise RepositoryTrouble(f"{path!r} runs through a file; choose another folder.")
        elif (spot / ".git").exists():
            raise RepositoryTrouble(
                f"{path!r} lies in {'/'.join(parts[:depth])!r}, a repository of its own "
                "(a submodule, say); open that one instead."
            )
    return spot


def _parts(path: str) -> tuple[str, ...]:
    outside = RepositoryTrouble(f"{path!r} is not a path inside the repository; it is not touched.")
    if not path or "\0" in path or "\\" in path or path.startswith("/") or path[1:2] == ":":
        raise outside
    if any(ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 for letter in path):
        raise outside
    parts = tuple(path.split("/"))
    if any(part in {"", ".", ".."} for part in parts) or PurePosixPath(path).is_absolute():
        raise outside
    if any(_means_git(part) for part in parts):
        raise RepositoryTrouble(f"{path!r} lies in git's own folder; it is not touched.")
    return parts


def _means_git(part: str) -> bool:
    """Also as file systems fold it that ignore case, invisible letters or trailing dots."""
    visible = "".join(letter for letter in part if unicodedata.category(letter) != "Cf")
    return visible.casefold().rstrip(". ") in {".git", "git~1"}
