"""Asks git how often each file changed; no git, no answer."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

COMMITS = 1_000
LIMIT_S = 10.0


def changes_per_file(root: Path) -> Counter[str]:
    """Path relative to `root` → commits that touched it, of the last thousand."""
    command = [
        "git",
        # A foreign repository's settings may name programs to run; none of them is wanted here.
        *("-c", "core.fsmonitor=false"),
        *("-c", "log.showSignature=false"),
        *("-c", "core.quotePath=false"),
        *("log", f"-n{COMMITS}", "--no-merges", "--no-renames", "--no-ext-diff", "--no-textconv"),
        *("--relative", "--name-only", "--format=", "-z", "--", "."),
    ]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            capture_output=True,
            timeout=LIMIT_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):
        return Counter()
    if done.returncode:
        return Counter()
    names = done.stdout.decode("utf-8", "replace").replace("\n", "\0").split("\0")
    return Counter(name for name in names if name.endswith(".py"))
