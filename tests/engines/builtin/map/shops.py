"""Writes small targets to a folder, and reads them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.requests import ExploreRequest
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.explore import build_index, explore
from itc_tui.engines.builtin.map.source_index import SourceIndex
from tests.draining import finished


def written(root: Path, files: dict[str, str | bytes]) -> Target:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
    return Target(root=str(root))


def indexed(root: Path, files: dict[str, str | bytes]) -> SourceIndex:
    return build_index(written(root, files), None)


def explored(root: Path, files: dict[str, str | bytes], topic: str = "") -> Exploration:
    return finished(explore(written(root, files), ExploreRequest(topic=topic), None))


def crossings(index: SourceIndex) -> set[tuple[str, str]]:
    """Calls between modules, without those that only run on import."""
    return {
        (one.caller_name, one.callee_name)
        for one in index.crossings
        if one.when in ("call", "read")
    }
