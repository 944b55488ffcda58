"""One value changes in the person's file, and every other byte stays."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest

from itc_tui.adapters.settings_file import put_setting
from itc_tui.domain.trouble import Trouble

MINE = """\
# How I like it.
max_iterations = 3  # enough for me
engine = 'builtin'

[keys]
# as in my editor
"workbench.step" = "n"
plan.undo = "ctrl+u"

[somebody.else]
x = 1
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "itc" / "settings.toml"
    found.parent.mkdir()
    found.write_text(MINE)
    return found


@pytest.mark.parametrize(
    ("name", "value", "line", "instead"),
    [
        ("max_iterations", 5, "max_iterations = 3", "max_iterations = 5"),
        ("engine", "x,y", "engine = 'builtin'", 'engine = "x,y"'),
        ("keys.workbench.step", "f8", '"workbench.step" = "n"', '"workbench.step" = "f8"'),
        ("keys.plan.undo", "z", 'plan.undo = "ctrl+u"', 'plan.undo = "z"'),
        ("engine", None, "engine = 'builtin'\n", ""),
        ("keys.plan.undo", None, 'plan.undo = "ctrl+u"\n', ""),
        ("bell", None, "", ""),
    ],
)
def test_only_that_value_changes(
    file: Path, name: str, value: Any, line: str, instead: str
) -> None:
    put_setting(file, name, value)
    assert file.read_text() == MINE.replace(line, instead)


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "nord"), ("bell", False), ("case_limit_s", 2.5), ("keys.app.help", "f9")],
)
def test_a_new_value_is_read_back_and_nothing_else_is_lost(
    file: Path, name: str, value: Any
) -> None:
    put_setting(file, name, value)
    found = tomllib.loads(file.read_text())
    assert (found["keys"].get("app.help") if "." in name else found[name]) == value
    assert set(MINE.splitlines()) <= set(file.read_text().splitlines())


def test_a_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    file = tmp_path / "not" / "yet" / "settings.toml"
    put_setting(file, "keys.workbench.step", "n")
    assert tomllib.loads(file.read_text()) == {"keys": {"workbench.step": "n"}}
    put_setting(file, "keys.workbench.step", None)
    assert tomllib.loads(file.read_text()) == {}


@pytest.mark.parametrize(
    "content", [b"max_iterations = \n", b"theme = '\xff'\n", b"keys = 3\n", b"\xef\xbb\xbfx = 1\n"]
)
def test_a_damaged_file_is_left_as_it_is(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(Trouble, match="is not changed"):
        put_setting(file, "keys.workbench.step", "n")
    assert file.read_bytes() == content


def test_a_link_stays_a_link_and_the_rights_stay_as_they_are(file: Path, tmp_path: Path) -> None:
    file.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    put_setting(link, "bell", False)
    assert link.is_symlink()
    assert tomllib.loads(file.read_text())["bell"] is False
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_line_endings_stay(file: Path) -> None:
    file.write_bytes(b"# mine\r\nbell = true\r\n")
    put_setting(file, "theme", "nord")
    assert file.read_bytes() == b'# mine\r\nbell = true\r\ntheme = "nord"\r\n'


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_that_may_not_be_written_says_so(file: Path) -> None:
    file.parent.chmod(0o500)
    with pytest.raises(Trouble, match="cannot be written"):
        put_setting(file, "bell", False)
    file.parent.chmod(0o700)
    assert file.read_text() == MINE


def test_where_a_folder_should_be_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match=r"settings\.toml"):
        put_setting(tmp_path / "file" / "settings.toml", "bell", False)
