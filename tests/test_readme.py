"""What the README says of exit codes and settings is what the program has."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict
from pathlib import Path

from itc_tui.cli import itc
from itc_tui.domain.trouble import ExitCode
from itc_tui.settings import Settings, understood
from itc_tui.ui.commands import COMMANDS, commands
from itc_tui.ui.keymap import own_keys
from itc_tui.ui.keys import shown_key

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


def test_the_keys_that_drive_are_told_in_the_words_of_the_help() -> None:
    table = README.split("## Driving")[1].split("## ")[0].split("`itc --step")[0]
    told = dict(re.findall(r"^\| `(\S+)` \| (.+) \|$", table, re.MULTILINE))
    helped = {one.key: one.more for one in (*commands("workbench"), *commands("app"))}
    assert len(told) == 7
    assert {key: f"{words[0].upper()}{words[1:]}." for key, words in told.items()} == {
        key: helped.get(shown_key(key)) for key in told
    }


def test_every_key_in_a_table_is_a_command() -> None:
    keys = {one.key for one in COMMANDS}
    told = re.findall(r"^\| `([^`\s.-][^`\s]{0,8})` \|", README, re.MULTILINE)
    assert len(told) > 12
    assert [key for key in told if shown_key(key) not in keys] == []


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
