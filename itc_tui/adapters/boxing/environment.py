"""The few variables that code in the box may see."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_HARMLESS = ("PATH", "LANG", "LANGUAGE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
_SECRET = re.compile(r"TOKEN|SECRET|PASS(WORD|WD|PHRASE)?|CREDENTIAL|KEY|AUTH|COOKIE|DSN", re.I)


def boxed_environment(
    outer: Mapping[str, str],
    added: Iterable[tuple[str, str]],
    *,
    home: Path,
    temporary: Path,
    roots: Iterable[Path],
    hash_seed: int,
) -> dict[str, str]:
    """Harmless variables of ours, those the target needs, and places of its own."""
    kept = {
        name: value
        for name, value in outer.items()
        if name in _HARMLESS or name.startswith("LC_") or name == "VIRTUAL_ENV"
    }
    kept |= {name: value for name, value in added if not _SECRET.search(name)}
    places = {"HOME": home, "USERPROFILE": home, "XDG_CONFIG_HOME": home / ".config"}
    places |= {"XDG_CACHE_HOME": home / ".cache", "XDG_DATA_HOME": home / ".local" / "share"}
    places |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary)
    kept |= {name: str(place) for name, place in places.items()}
    python_path = [str(root) for root in roots]
    kept |= {
        "PYTHONPATH": os.pathsep.join(python_path),
        "PYTHONHASHSEED": str(hash_seed),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "TERM": "dumb",
        "NO_COLOR": "1",
    }
    return kept
