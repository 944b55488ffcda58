"""Real repositories with nothing of this machine's configuration in them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from itc_tui.adapters.tree.repositories import BranchMode, OpenRepository, open_repository
from tests.person import SESSION, Opening, Person


@pytest.fixture(autouse=True)
def _no_configuration_of_this_machine(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("EMAIL", raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n"
    )


@pytest.fixture
def empty(tmp_path: Path) -> Person:
    """A repository without a commit."""
    root = tmp_path / "project"
    root.mkdir()
    person = Person(root)
    person.git("init", "-q")
    return person


@pytest.fixture
def person(empty: Person) -> Person:
    """A repository with one commit."""
    empty.commit("shop/cart.py", "def total():\n    return 1\n", "start")
    return empty


@pytest.fixture
def opening(tmp_path: Path) -> Iterator[Opening]:
    opened = []

    def open_it(
        root: Path, mode: BranchMode = "current", trace: Path | None = None
    ) -> OpenRepository:
        repository = open_repository(root, trace or tmp_path / ".trace", SESSION, mode)
        opened.append(repository)
        return repository

    yield open_it
    for repository in opened:
        repository.close()
