"""Finds the JSON schemas that a target keeps in files of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from itc_tui.engines.builtin.inside.others import NOT_OURS
from itc_tui.engines.builtin.map.json_schemas import describe
from itc_tui.engines.builtin.map.source_files import TEST_FOLDERS, walked

_ENDINGS = (".schema.json", ".jsonschema")
_SKIPPED = NOT_OURS | TEST_FOLDERS | {"build", "dist"}
_FILES_SHOWN = 20
_LARGEST_BYTES = 1_000_000


def schema_files(root: Path) -> Iterator[tuple[str, str]]:
    """Path below the root, and what the schema in that file asks for."""
    for count, file in enumerate(walked(root, _ENDINGS, _SKIPPED)):
        if count >= _FILES_SHOWN:
            return
        try:
            if file.stat().st_size > _LARGEST_BYTES:
                continue
            told = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(told, dict):
            yield file.relative_to(root).as_posix(), describe(told)
