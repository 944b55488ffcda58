"""Each layer overrides the one below it, and a bad value names its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui import settings
from itc_tui.domain.trouble import Trouble
from itc_tui.settings import load_settings


@pytest.fixture(autouse=True)
def user_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "user" / "settings.toml"
    file.parent.mkdir()
    monkeypatch.setattr(settings, "user_file", lambda: file)
    return file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "target"
    folder.mkdir()
    return folder


def test_without_any_file_the_defaults_stand(root: Path) -> None:
    assert load_settings(root, {}, {}).max_iterations == 10


def test_flags_win_over_environment_over_project_over_user(root: Path, user_settings: Path) -> None:
    user_settings.write_text("max_iterations = 2\nrepeats = 2\nmax_tests = 2\nlang = 'zh'\n")
    (root / "pyproject.toml").write_text(
        "[tool.itc]\nmax_iterations = 3\nrepeats = 3\nmax_tests = 3\n"
    )
    loaded = load_settings(
        root,
        {"max_iterations": 5, "repeats": None},
        {"ITC_MAX_ITERATIONS": "4", "ITC_REPEATS": "4"},
    )
    assert (loaded.max_iterations, loaded.repeats, loaded.max_tests, loaded.lang) == (5, 4, 3, "zh")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[tool.itc]\nmax_iterations = 0\n", "max_iterations"),
        ("[tool.itc]\nmax_iteration = 3\n", "max_iteration"),
        ("[tool.itc]\nbranch = 'x'\n", "branch"),
        ("[tool.itc\n", "pyproject.toml"),
        ("[tool]\nitc = 3\n", "tool.itc"),
    ],
)
def test_a_bad_value_is_one_sentence_naming_it(root: Path, text: str, named: str) -> None:
    (root / "pyproject.toml").write_text(text)
    with pytest.raises(Trouble) as caught:
        load_settings(root, {}, {})
    assert named in caught.value.sentence
