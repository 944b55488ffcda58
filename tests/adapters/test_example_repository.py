"""The example becomes a repository that is the same on every machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from git import Repo

from itc_tui.adapters.example_repository import make_example_repository
from itc_tui.demo.scratch import make_example


def example_repository(folder: Path) -> Path:
    return make_example_repository(make_example(folder))


def test_one_commit_holds_every_file(tmp_path: Path) -> None:
    folder = example_repository(tmp_path / "shop")
    with Repo(folder) as repo:
        assert repo.active_branch.name == "main"
        assert [commit.message for commit in repo.iter_commits()] == ["The shop as it is"]
        assert not repo.is_dirty(untracked_files=True)
        committed = set(repo.git.ls_tree("HEAD", r=True, name_only=True).splitlines())
    assert {".gitignore", "README.md", "src/shop/store.py", "tests/test_money.py"} <= committed


def test_two_examples_have_the_same_commit(tmp_path: Path) -> None:
    heads = []
    for name in ("one", "two"):
        with Repo(example_repository(tmp_path / name)) as repo:
            heads.append(repo.head.commit.hexsha)
    assert heads[0] == heads[1]


def test_settings_of_the_machine_do_not_reach_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither ignored files, nor hooks, nor a missing identity, nor signing."""
    home = tmp_path / "home"
    hooks = home / "hooks"
    hooks.mkdir(parents=True)
    (hooks / "pre-commit").write_text("#!/bin/sh\nexit 1\n")
    (hooks / "pre-commit").chmod(0o755)
    (home / "ignored").write_text("*.toml\n")
    (home / ".gitconfig").write_text(
        f"[core]\n  hooksPath = {hooks}\n  excludesFile = {home / 'ignored'}\n"
        "[commit]\n  gpgsign = true\n[init]\n  defaultBranch = trunk\n"
        "[user]\n  useConfigOnly = true\n"
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)

    folder = example_repository(tmp_path / "shop")

    with Repo(folder) as repo:
        assert repo.active_branch.name == "main"
        assert "pyproject.toml" in repo.git.ls_tree("HEAD", name_only=True).splitlines()
        (folder / "README.md").write_text("changed\n")
        repo.git.commit("--all", "--message", "A later commit")
        assert len(list(repo.iter_commits())) == 2
