"""Reads a target and links it: what changed is parsed, what that touches is followed anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from itc_tui.domain.events import Progressed
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.map.collector import quiet_collector
from itc_tui.engines.builtin.map.fact_store import FactStore, digest_of
from itc_tui.engines.builtin.map.facts import ModuleFacts, from_plain, to_plain
from itc_tui.engines.builtin.map.linking import link_all
from itc_tui.engines.builtin.map.newer_syntax import read_by
from itc_tui.engines.builtin.map.reading import NotOurSyntax, Unreadable, read_module
from itc_tui.engines.builtin.map.source_files import SourceFile, find_files
from itc_tui.engines.builtin.map.source_index import Module, SourceIndex
from itc_tui.ports import Steps, as_step

SIZE_LIMIT = 2_000_000
"""Bytes; larger files are made by programs."""
STEP = 50
"""Files between two signs of life."""


def index_target(target: Target, cache_dir: Path | None) -> Steps[SourceIndex]:
    """Read what changed since the last time, and follow the calls that this touches."""
    store = FactStore(cache_dir)
    try:
        found = find_files(target)
        reading = _Reading(Path(target.root), target.python, store)
        with quiet_collector():
            yield from as_step("reading", reading.read(found.files))
            links, linked = yield from as_step("linking", link_all(reading.modules, store))
    finally:
        store.close()
    return SourceIndex(
        root=target.root,
        packages=tuple(found.packages),
        modules=reading.modules,
        links=links,
        unreadable=[*reading.unreadable, *found.notes],
        parsed=len(reading.fresh),
        linked=linked,
    )


@dataclass
class _Reading:
    """All files once; those that are known by their content are not parsed again."""

    root: Path
    python: str
    store: FactStore
    modules: dict[str, Module] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    fresh: dict[str, Any] = field(default_factory=dict)

    def read(self, files: list[SourceFile]) -> Steps[None]:
        contents = self._contents(files)
        digests = {
            file.path: digest_of(contents[file.path], file.module, file.is_package)
            for file in files
            if file.path in contents
        }
        known = self.store.load(digests.values())
        refused: list[tuple[SourceFile, str, str]] = []
        for number, file in enumerate(files):
            if number % STEP == 0:
                yield Progressed(what="reading source", done=number, total=len(files))
            digest = digests.get(file.path)
            if digest is None:
                continue
            facts = _recalled(known.get(digest))
            try:
                parsed = facts or read_module(contents[file.path], file.module, file.is_package)
            except NotOurSyntax as error:
                refused.append((file, digest, str(error)))
            except Unreadable as error:
                self.unreadable.append(f"{file.path}: {error}")
            else:
                self._take(file, digest, parsed, is_fresh=facts is None)
        self._read_refused(refused, contents)
        self.store.save(self.fresh, used=known)

    def _read_refused(
        self, refused: list[tuple[SourceFile, str, str]], contents: dict[str, bytes]
    ) -> None:
        """What our Python cannot parse, the target's own may."""
        wanted = [(file.module, file.is_package, contents[file.path]) for file, _, _ in refused]
        answers = read_by(self.python, wanted)
        for (file, digest, reason), answer in zip(refused, answers):
            if isinstance(answer, ModuleFacts):
                self._take(file, digest, answer, is_fresh=True)
            else:
                self.unreadable.append(f"{file.path}: {answer or reason}")

    def _take(self, file: SourceFile, digest: str, facts: ModuleFacts, is_fresh: bool) -> None:
        if is_fresh:
            self.fresh[digest] = to_plain(facts)
        self.modules[file.module] = Module(
            file.module, file.path, file.is_package, file.is_test, file.is_stub, digest, facts
        )

    def _contents(self, files: Iterable[SourceFile]) -> dict[str, bytes]:
        contents = {}
        for file in files:
            place = self.root / file.path
            try:
                if place.stat().st_size > SIZE_LIMIT:
                    megabytes = SIZE_LIMIT // 1_000_000
                    self.unreadable.append(f"{file.path}: is larger than {megabytes} MB")
                else:
                    contents[file.path] = place.read_bytes()
            except OSError as error:
                self.unreadable.append(f"{file.path}: cannot be opened: {error.strerror}")
        return contents


def _recalled(plain: Any) -> ModuleFacts | None:
    """Cached facts; whatever somebody else may have put there counts as unknown."""
    try:
        return from_plain(plain) if plain is not None else None
    except (TypeError, ValueError, AttributeError):
        return None
