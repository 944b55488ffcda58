"""The command line in the person's language, and options wherever people put them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from itc_tui.cli import itc, main
from itc_tui.cli.spoken import listen
from itc_tui.speech import speak, spoken

Said = Callable[..., tuple[int, str]]

#: Placeholders, which the usage line and the text share, and names.
NAMES = {
    *("OPTIONS", "COMMAND", "ARGS", "MODULE", "PATH", "SESSION", "FOLDER", "SHELL", "TEXT"),
    *("INTEGER", "RANGE", "FLOAT", "JSON", "itc", "bash", "zsh", "fish", "eval", "builtin", "en"),
    *("zh", "ITC", "COMPLETE", "completion", "review", "show", "export", "PORT"),
}


@pytest.fixture(autouse=True)
def nobody_s_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "ITC_LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    speak("en")


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["itc", *words])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        return int(end.value.code or 0), told.out + told.err

    return run


@pytest.mark.parametrize("command", ["", *itc.commands])
def test_help_is_chinese_and_fits(command: str, say: Said) -> None:
    code, page = say("--lang", "zh", *([command] if command else []), "--help")
    assert code == 0
    bare = re.sub(r"--[a-z-]+|(?<!\w)-[a-z]\b", "", page)
    words = set(re.findall(r"[A-Za-z]{2,}", bare)) - NAMES - itc.commands.keys()
    assert words == set()
    assert max(map(cell_len, page.splitlines())) <= 80


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "zh", "review"),
        ("review", "--lang=zh"),
        ("--lang", "zh", "review", "x", "--foo"),
        ("--lang", "zh", "run", "--max-iterations", "many"),
        ("--lang", "zh", "completion", "csh"),
        ("--lang", "zh", "show", "a", "b", "c"),
        ("--lang", "zh", "show", "nothing"),
        ("--lang", "zh", "-y", "orders", "nowhere"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(words: tuple[str, ...], say: Said) -> None:
    code, told = say(*words)
    assert code == 2
    assert not told.splitlines()[-1].isascii()


def test_options_before_a_command_are_its_options(say: Said) -> None:
    code, told = say("--sessions-dir", "elsewhere", "--lang", "zh", "show", "nothing")
    assert code == 2
    assert "没有会话与“nothing”匹配" in told


def test_an_option_that_the_command_has_not_makes_its_name_a_module(say: Said) -> None:
    """A module may be called `review`; when that cannot be meant, it is said what to do."""
    code, told = say("-y", "review", "ITG-shop")
    assert code == 2
    assert "“review” is a command of itc" in told


@pytest.mark.parametrize(
    ("words", "environment", "language"),
    [
        ((), {"LANG": "zh_CN.UTF-8"}, "zh"),
        ((), {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ((), {"LANG": "en_US.UTF-8", "ITC_LANG": "zh"}, "zh"),
        (("--lang", "en"), {"ITC_LANG": "zh"}, "en"),
        (("x", "--", "--lang", "zh"), {}, "en"),
        (("--lang",), {}, "en"),
    ],
)
def test_the_flag_wins_then_the_variable_then_the_locale(
    words: tuple[str, ...],
    environment: dict[str, str],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    listen(words)
    assert spoken() == language


def test_the_person_s_own_settings_choose_the_language(tmp_path: Path) -> None:
    (tmp_path / "itc-tui").mkdir()
    (tmp_path / "itc-tui" / "settings.toml").write_text('lang = "zh"\n')
    listen(())
    assert spoken() == "zh"
