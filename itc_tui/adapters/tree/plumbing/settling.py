"""After our commit the person's index shows it, and all that they staged is as it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from itc_tui.adapters.tree.plumbing.commands import GitCommands, plainly
from itc_tui.adapters.tree.plumbing.entries import (
    Entry,
    entries_in_index,
    entries_in_tree,
    parent_of,
    text_of,
    update_entries,
)

TRIES = 30
BETWEEN_TRIES_S = 0.1


def settle(
    commands: GitCommands,
    sha: str,
    names: Sequence[str],
    is_our_text: Callable[[bytes], bool],
) -> str:
    """Safe to repeat; returns what is wrong when another git holds the index for long."""
    words = ""
    for _ in range(TRIES):
        wanted = _to_be_set(commands, sha, names, is_our_text)
        if not wanted:
            return ""
        done, words = update_entries(commands, wanted)
        if done:
            # Without it plumbing would call our files modified until somebody asks for a status.
            commands.ask("update-index", "-q", "--refresh")
            return ""
        time.sleep(BETWEEN_TRIES_S)
    return plainly(words, 200)


def _to_be_set(
    commands: GitCommands,
    sha: str,
    names: Sequence[str],
    is_our_text: Callable[[bytes], bool],
) -> dict[str, Entry | None]:
    before = entries_in_tree(commands, parent_of(commands, sha), names)
    after = entries_in_tree(commands, sha, names)
    now = entries_in_index(commands, names)

    def is_the_persons(name: str) -> bool:
        """Staged by them: neither what stood before our commit nor a text that we wrote."""
        entry = now.get(name)
        if entry == before.get(name):
            return False
        content = text_of(commands, entry, name)
        return content is None or not is_our_text(content)

    return {
        name: after.get(name)
        for name in names
        if now.get(name) != after.get(name) and not is_the_persons(name)
    }
