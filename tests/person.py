"""A person who works in a real repository with plain git, beside us."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from itc_tui.adapters.tree.repositories import OpenRepository

SESSION = "ITG-用户认证-2026-11-21"


class Person:
    """Works with plain git beside us, as people do."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *words: str, code: int = 0) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.root, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, f"git {' '.join(words)}: {done.stderr}"
        return done.stdout.rstrip("\n")

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
        return file

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def commit(self, path: str, text: str, message: str = "work") -> str:
        self.write(path, text)
        self.git("add", "--", path)
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")

    def status(self) -> list[str]:
        lines = self.git("-c", "core.quotepath=false", "status", "--porcelain", "-uall")
        return [line for line in lines.splitlines() if ".trace" not in line]

    def hook(self, name: str, script: str) -> None:
        folder = Path(self.git("rev-parse", "--git-path", "hooks"))
        file = self.root / folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)

    def log(self) -> list[str]:
        return self.git("log", "--format=%s").splitlines()

    def files_in(self, commit: str) -> list[str]:
        listed = self.git(
            "-c", "core.quotepath=false", "show", "--format=", "--name-only", "--root", commit
        )
        return listed.splitlines()


Opening = Callable[..., OpenRepository]
"""Opens a root as a session does; opening it twice is what a continued session does."""
