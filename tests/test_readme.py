"""What the README says of exit codes and settings is what the program has."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict
from pathlib import Path

from itc_tui.cli import itc
from itc_tui.domain.trouble import ExitCode
from itc_tui.settings import Settings, understood
from itc_tui.ui.keymap import own_keys

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_every_exit_code_is_told() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert told == {int(code) for code in ExitCode}


def test_the_settings_that_are_shown_can_be_set_and_are_the_defaults() -> None:
    [example] = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    shown = tomllib.loads(example)["tool"]["itc"]
    defaults = asdict(Settings())
    changed = {name for name in shown if understood(name, shown[name]) != defaults[name]}
    assert changed <= {"tests_dir"}


def test_the_keys_that_are_shown_can_be_given() -> None:
    shown = dict(re.findall(r'`([a-z]+\.[a-z_]+) = "([^"]+)"`', README))
    assert len(shown) == 2
    assert own_keys(shown).keys() == shown.keys()


def test_every_relative_link_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)]+)\)", README)
    assert links
    assert [link for link in links if not (Path(__file__).parents[1] / link).exists()] == []


def test_every_make_target_that_is_shown_exists() -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"^\$ make ([\w-]+)", README, re.MULTILINE)) <= targets


def test_every_command_and_option_is_told_and_no_other() -> None:
    options = {
        option
        for command in itc.commands.values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    table = README.split("## Commands")[1].split("## ")[0]
    told = set(re.findall(r"(--[a-z][a-z-]+)", table))
    assert told - {"--help", "--version"} <= options
    assert {option for option in options if option not in told} == set()
    assert {name for name in itc.commands if f"`itc {name}" not in table} == {"run"}
