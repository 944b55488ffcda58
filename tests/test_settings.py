"""Each layer overrides the one below it, and a bad value names its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui import settings
from itc_tui.domain.fitting import Misfit
from itc_tui.domain.trouble import Trouble
from itc_tui.settings import Source, load_layers, load_settings, notes_on, understood


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


def test_each_layer_tells_what_it_sets_and_where(root: Path, user_settings: Path) -> None:
    user_settings.write_text("max_tests = 2\n")
    (root / "pyproject.toml").write_text("[tool.itc]\nmax_tests = 3\n")
    layers = load_layers(root, {"lang": "zh"}, {"ITC_MAX_TESTS": "4", "ITC_BELL": "no"})
    set_by = {layer.source: dict(layer.values) for layer in layers[1:]}
    assert set_by == {
        Source.USER: {"max_tests": 2},
        Source.PROJECT: {"max_tests": 3},
        Source.ENVIRONMENT: {"max_tests": 4, "bell": False},
        Source.FLAG: {"lang": "zh"},
    }
    assert layers[0].values["max_tests"] == 0
    assert layers[1].place == str(user_settings)


def test_keys_are_settled_one_by_one_however_they_are_written(
    root: Path, user_settings: Path
) -> None:
    user_settings.write_text(
        "[keys]\n'workbench.step' = 'n'\nplan.undo = ['z', 'ctrl+z']\n[keys.app]\nhelp = 'f9'\n"
    )
    (root / "pyproject.toml").write_text("[tool.itc.keys]\nworkbench.step = 'x'\n")
    assert load_settings(root, {}, {}).keys == {
        "workbench.step": "x",
        "plan.undo": "z,ctrl+z",
        "app.help": "f9",
    }


def test_what_the_user_file_has_beyond_the_settings_is_told_and_stops_nothing(
    root: Path, user_settings: Path
) -> None:
    """It may be shared with another version; a typing error has to be seen all the same."""
    user_settings.write_text("max_iteration = 2\nfuture = 1\nrepeats = 3\n")
    layers = load_layers(root, {}, {})
    assert load_settings(root, {}, {}).repeats == 3
    first, second = notes_on(layers)
    assert "“future”" in first
    assert "is max_iterations meant?" in second


def test_the_projects_settings_hold_anywhere_in_its_repository(root: Path) -> None:
    (root / "pyproject.toml").write_text("[tool.itc]\nrepeats = 3\n")
    inside = root / "src" / "shop"
    inside.mkdir(parents=True)
    assert load_settings(inside, {}, {}).repeats == 10, "another's folder may lie above"
    (root / ".git").mkdir()
    assert load_settings(inside, {}, {}).repeats == 3


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [("max_iterations", " 12 ", 12), ("bell", "false", False), ("case_limit_s", "0.5", 0.5)],
)
def test_what_is_typed_is_understood(name: str, typed: str, value: object) -> None:
    assert understood(name, typed) == value


@pytest.mark.parametrize(
    ("name", "typed", "kind", "bound"),
    [
        ("max_iterations", "0", "greater_than_equal", "1"),
        ("max_iterations", "x", "int_parsing", ""),
        ("repeats", "101", "less_than_equal", "100"),
        ("case_limit_s", "0", "greater_than", "0"),
        ("case_limit_s", "inf", "finite_number", ""),
        ("lang", "fr", "literal_error", "'', 'en' or 'zh'"),
    ],
)
def test_what_does_not_fit_says_how(name: str, typed: str, kind: str, bound: str) -> None:
    with pytest.raises(Misfit) as caught:
        understood(name, typed)
    assert (caught.value.kind, caught.value.bound) == (kind, bound)
