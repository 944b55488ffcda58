"""Finds what decides from outside how a target behaves: variables, settings classes, files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from itc_tui.engines.builtin.map.contracts import fields_text
from itc_tui.engines.builtin.map.outside import recognise
from itc_tui.engines.builtin.map.source_index import SourceIndex

SETTINGS = frozenset(("pydantic_settings.BaseSettings", "pydantic.BaseSettings"))
_FILE = re.compile(r"^[\w./~${}-]+\.(?:ini|cfg|toml|ya?ml|json|env|conf|properties)$|^\.env$")
_SAMPLES = (".env", ".env.example", "config.toml", "config.yaml", "config.yml", "settings.toml")


def configuration_of(index: SourceIndex, modules: set[str]) -> list[str]:
    found = [*_variables(index, modules), *_settings(index, modules), *_named(index, modules)]
    found += [f"file {name}" for name in _SAMPLES if (Path(index.root) / name).is_file()]
    return list(dict.fromkeys(found))


def _variables(index: SourceIndex, modules: set[str]) -> Iterable[str]:
    for call in index.outer_calls:
        outer = recognise(call.callee) if call.module in modules else None
        if outer is not None and outer.name == "environment":
            name = call.argument.strip("[]'\"")
            if re.fullmatch(r"[A-Z][A-Z0-9_]+", name):
                yield f"variable {name} ({index.modules[call.module].path}:{call.line})"


def _settings(index: SourceIndex, modules: set[str]) -> Iterable[str]:
    for name, entry in index.classes.items():
        if entry.module in modules and SETTINGS.intersection(entry.bases):
            yield f"settings {name}: {fields_text(entry.facts)}"


def _named(index: SourceIndex, modules: set[str]) -> Iterable[str]:
    """Files whose names are written out where they are opened."""
    for call in index.outer_calls:
        if call.module in modules and _FILE.match(call.argument):
            yield f"file {call.argument} ({index.modules[call.module].path}:{call.line})"
