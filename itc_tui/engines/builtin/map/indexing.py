"""Reads a target and links it: what changed is parsed, what that touches is followed anew."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from itc_tui.domain.events import Progressed
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.map.collector import quiet_collector
from itc_tui.engines.builtin.map.fact_store import FactStore, digest_of
from itc_tui.engines.builtin.map.facts import ModuleFacts, from_plain, to_plain
from itc_tui.engines.builtin.map.linking import link_all
from itc_tui.engines.builtin.map.reading import Unreadable, read_module
from itc_tui.engines.builtin.map.source_files import SourceFile, find_files
from itc_tui.engines.builtin.map.source_index import Module, SourceIndex
from itc_tui.ports import Steps

SIZE_LIMIT = 2_000_000
"""Bytes; larger files are made by programs."""
STEP = 50
"""Files between two signs of life."""


def index_target(target: Target, cache_dir: Path | None) -> Steps[SourceIndex]:
    """Read what changed since the last time, and follow the calls that this touches."""
    store = FactStore(cache_dir)
    try:
        found = find_files(target)
        with quiet_collector():
            modules, unreadable, parsed = yield from _read_all(
                Path(target.root), found.files, store
            )
            links, linked = yield from link_all(modules, store)
    finally:
        store.close()
    return SourceIndex(
        root=target.root,
        packages=tuple(found.packages),
        modules=modules,
        links=links,
        unreadable=[*unreadable, *found.notes],
        parsed=parsed,
        linked=linked,
    )


def _read_all(
    root: Path, files: list[SourceFile], store: FactStore
) -> Steps[tuple[dict[str, Module], list[str], int]]:
    contents, unreadable = _contents(root, files)
    digests = {
        file.module: digest_of(contents[file.path], file.module, file.is_package)
        for file in files
        if file.path in contents
    }
    known = store.load(digests.values())
    modules: dict[str, Module] = {}
    fresh: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        for number, file in enumerate(files):
            if number % STEP == 0:
                yield Progressed(what="reading source", done=number, total=len(files))
            if file.path not in contents:
                continue
            digest = digests[file.module]
            try:
                facts = _recalled(known.get(digest)) or _read(file, contents[file.path])
            except Unreadable as error:
                unreadable.append(f"{file.path}: {error}")
                continue
            if digest not in known:
                fresh[digest] = to_plain(facts)
            modules[file.module] = Module(
                file.module, file.path, file.is_package, file.is_test, file.is_stub, digest, facts
            )
    store.save(fresh, used=known)
    return modules, unreadable, len(fresh)


def _contents(root: Path, files: Iterable[SourceFile]) -> tuple[dict[str, bytes], list[str]]:
    contents, unreadable = {}, []
    for file in files:
        try:
            if (root / file.path).stat().st_size > SIZE_LIMIT:
                unreadable.append(f"{file.path}: is larger than {SIZE_LIMIT // 1_000_000} MB")
            else:
                contents[file.path] = (root / file.path).read_bytes()
        except OSError as error:
            unreadable.append(f"{file.path}: cannot be opened: {error.strerror}")
    return contents, unreadable


def _recalled(plain: Any) -> ModuleFacts | None:
    """Cached facts; whatever somebody else may have put there counts as unknown."""
    try:
        return from_plain(plain) if plain is not None else None
    except (TypeError, ValueError, AttributeError):
        return None


def _read(file: SourceFile, content: bytes) -> ModuleFacts:
    return read_module(content, file.module, file.is_package)
