"""What a test can import where it runs: read from the target's sources and its interpreter."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from itc_tui.domain.known_names import KnownNames, know
from itc_tui.domain.target import Target

_LIST_IMPORTABLE = """\
import json, pkgutil, sys
names = {module.name for module in pkgutil.iter_modules()}
names |= set(getattr(sys, "stdlib_module_names", ())) | set(sys.builtin_module_names)
print(json.dumps(sorted(names)))
"""
_LIMIT_S = 20
_LARGEST_SOURCE = 2_000_000
_SKIPPED = {"__pycache__", "node_modules", "site-packages", "build", "dist"}


class TargetLibrary:
    def __init__(self, target: Target) -> None:
        self._target = target

    def known_names(self) -> KnownNames:
        return know(dict(self.sources()), self._importable())

    def sources(self) -> Iterator[tuple[str, str]]:
        """Dotted name and text of each module of the target's own packages."""
        root = Path(self._target.root)
        for source_root in self._target.source_roots:
            top = root / source_root
            for package in self._target.packages:
                single = (top / package).with_suffix(".py")
                files = [single] if single.is_file() else sorted((top / package).rglob("*.py"))
                for file in files:
                    parts = file.relative_to(top).with_suffix("").parts
                    if _SKIPPED & set(parts):
                        continue
                    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
                    yield name, _text(file)

    def _importable(self) -> frozenset[str]:
        """Empty when the interpreter does not answer: then imports are not objected to."""
        command = [self._target.python, "-c", _LIST_IMPORTABLE]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=_LIMIT_S,
                check=True,
                cwd=self._target.root,
                stdin=subprocess.DEVNULL,
            )
            names: list[str] = json.loads(done.stdout)
        except (OSError, subprocess.SubprocessError, ValueError):
            return frozenset()
        return frozenset(names)


def _text(file: Path) -> str:
    """Of a source; one that is too large or not text counts as unknown, not as empty."""
    try:
        if file.stat().st_size <= _LARGEST_SOURCE:
            return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        pass
    return "def __getattr__(name): ..."
