"""The person's own keys: understood however they are written, and refused with one sentence."""

from __future__ import annotations

import pytest

from itc_tui.domain.trouble import Trouble
from itc_tui.ui.commands import COMMANDS
from itc_tui.ui.keymap import HEARD_TOGETHER, fault_of, own_keys
from itc_tui.ui.keys import is_key, is_typed, key_named, keys_named, shown_key, written_key
from itc_tui.ui.look import Look
from tests.ui.stage import application, until


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("?", "question_mark"),
        ("Ctrl+G", "ctrl+g"),
        ("^g", "ctrl+g"),
        ("shift+s", "S"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("Esc", "escape"),
        ("ctrl+m", "enter"),
        ("F5", "f5"),
        ("+", "plus"),
        ("é", "é"),
    ],
)
def test_a_key_is_understood_as_people_write_it(written: str, name: str) -> None:
    assert key_named(written) == name
    assert is_key(name)


def test_several_keys_are_parted_by_commas_and_the_comma_is_a_key() -> None:
    assert keys_named(" s, f8 ") == ("s", "f8")
    assert keys_named(",") == ("comma",)


@pytest.mark.parametrize("name", ["nope", "ctrl+nope", "cmd+x", "<any>", "ctrl+", "f99"])
def test_what_is_no_key_is_none(name: str) -> None:
    assert not is_key(key_named(name))


def test_all_default_keys_are_keys_by_their_own_names() -> None:
    for command in COMMANDS:
        for key in command.keys.split(","):
            assert is_key(key)
            assert key_named(key) == key_named(written_key(key)) == key
            assert shown_key(key)


def test_what_a_field_takes_for_text_is_known() -> None:
    assert [key for key in ("a", "?", "space", "é", "slash") if not is_typed(key_named(key))] == []
    assert [key for key in ("f5", "ctrl+a", "escape", "tab", "up") if is_typed(key)] == []


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"workbench.stepp": "f5"}, "There is no command “workbench.stepp”"),
        ({"workbench.stepp": "f5"}, "Is workbench.step meant?"),
        ({"workbench.step": "hyperspace"}, "There is no key “hyperspace”"),
        ({"workbench.step": " "}, "A key is needed"),
        ({"workbench.step": "ctrl+q"}, "ctrl+q is for leaving"),
        ({"workbench.step": "ctrl+c"}, "ctrl+c is for leaving"),
        ({"workbench.step": "e"}, "“e” is taken there by exploration.edit_source (editor)"),
        ({"plan.undo": "?"}, "“?” is taken there by app.help"),
        ({"workbench.step": "f8", "plan.undo": "f8"}, "taken there by"),
        ({"start.begin": "b"}, "“b” would be typed into the field"),
    ],
)
def test_a_key_that_cannot_be_given_is_refused(wanted: dict[str, str], sentence: str) -> None:
    with pytest.raises(Trouble) as caught:
        own_keys(wanted)
    assert sentence in caught.value.sentence


def test_two_commands_may_change_places() -> None:
    assert own_keys({"workbench.step": "X", "workbench.stop": "s"}) == {
        "workbench.step": "X",
        "workbench.stop": "s",
    }


def test_places_that_are_never_heard_together_may_share_a_key() -> None:
    assert own_keys({"plan.undo": "f8", "timeline.card": "f8", "start.begin": "f8"})


def test_the_defaults_are_free_of_faults() -> None:
    for command in COMMANDS:
        assert fault_of(command.identity, command.keys, {}) == ""


def test_every_place_is_known_to_be_heard_with_others() -> None:
    together = frozenset().union(*HEARD_TOGETHER)
    assert {command.where for command in COMMANDS} <= together


def test_every_command_has_a_name_of_its_own_that_needs_no_quotes() -> None:
    names = [command.identity for command in COMMANDS]
    assert len(names) == len(set(names))
    assert all(name.replace(".", "").replace("_", "").isalnum() for name in names)


@pytest.mark.parametrize("given", ["f10", "f10, ctrl+q", "ctrl+q"])
async def test_ctrl_q_leaves_whatever_other_key_was_given(given: str) -> None:
    """Textual takes away all that a key did when one command of it gets another key."""
    look = Look(language="en", theme="itc-dark", keys=own_keys({"app.quit": given}))
    async with application(look=look) as (app, pilot):
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)
