"""The person's own keys: what may be given to which command, and why not."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from itc_tui.domain.trouble import Trouble
from itc_tui.ui.commands import COMMANDS, Command
from itc_tui.ui.keys import is_key, is_typed, keys_named, shown_key, written_key
from itc_tui.ui.words import say

_PANES = ("exploration", "plan", "tests", "timeline")
HEARD_TOGETHER: tuple[frozenset[str], ...] = tuple(
    map(
        frozenset,
        (
            ("start", "app"),
            ("sessions", "list", "app"),
            ("settings", "list", "app"),
            *((pane, "list", "replay", "workbench", "app") for pane in _PANES),
            ("output", "tests", "list", "replay", "workbench", "app"),
            ("form", "workbench", "app"),
        ),
    )
)
"""Places whose keys reach their commands at the same moment; the nearest hears first."""
FIELDS = ("start", "form")
"""Where one types, so that letters do not come through."""
QUITS = ("ctrl+q", "ctrl+c")


def own_keys(wanted: Mapping[str, str]) -> dict[str, str]:
    """Command → keys by the names they are heard by; a `Trouble` where one cannot be."""
    known = {command.identity for command in COMMANDS}
    keymap: dict[str, str] = {}
    for identity, written in wanted.items():
        if identity not in known:
            raise Trouble(_no_command(identity, known))
        if keys := ",".join(_without_kept(identity, keys_named(written))):
            keymap[identity] = keys
    for identity, written in wanted.items():
        if why := fault_of(identity, written, keymap):
            raise Trouble(say("keys.refused", command=identity, why=why))
    return keymap


def fault_of(identity: str, written: str, keymap: Mapping[str, str]) -> str:
    """Why the command cannot have these keys beside all the others; empty when it can."""
    command = next(one for one in COMMANDS if one.identity == identity)
    if not keys_named(written):
        return say("wrong.no_key")
    for key in _without_kept(identity, keys_named(written)):
        if not is_key(key):
            return say("wrong.unknown_key", pressed=key)
        if key in QUITS:
            return say("wrong.quits", pressed=key)
        if command.where in FIELDS and is_typed(key):
            return say("wrong.typed_key", pressed=shown_key(key))
        if other := _who_has(key, command, keymap):
            return say(
                "wrong.taken_key", pressed=shown_key(key), command=other.identity, what=other.label
            )
    return ""


def _without_kept(identity: str, keys: Iterable[str]) -> tuple[str, ...]:
    """What it keeps need not be given, and Textual would take it away first."""
    kept = next(one.always for one in COMMANDS if one.identity == identity)
    return tuple(key for key in keys if key != kept)


def _who_has(key: str, command: Command, keymap: Mapping[str, str]) -> Command | None:
    """Another command that would hear it; what overlaps by default is meant so."""
    is_given = key not in command.keys.split(",")
    for other in COMMANDS:
        if other is command or not any(
            {other.where, command.where} <= together for together in HEARD_TOGETHER
        ):
            continue
        theirs = keymap.get(other.identity, other.keys).split(",")
        if key in theirs and (is_given or key not in other.keys.split(",")):
            return other
    return None


def _no_command(identity: str, known: set[str]) -> str:
    like = difflib.get_close_matches(identity, sorted(known), n=1)
    hint = say("wrong.is_meant", command=like[0]) if like else ""
    return say("wrong.no_command", command=identity) + hint


def key_table(keymap: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Identity, keys and words of every command, changed ones marked."""
    for command in COMMANDS:
        keys = command.with_kept(keymap.get(command.identity, command.keys))
        mark = "*" if command.identity in keymap else ""
        yield f"{command.identity}{mark}", ", ".join(map(written_key, keys)), command.more
