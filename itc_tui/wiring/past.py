"""Past sessions, found without git: all of them, and one by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from itc_tui.adapters.session.session_shelf import glance_at_sessions
from itc_tui.adapters.session.state_file import STATE_FILE
from itc_tui.domain.listing import SessionListing
from itc_tui.domain.session_id import slug_of
from itc_tui.domain.trouble import SessionTrouble
from itc_tui.settings import load_settings
from itc_tui.wiring.target import root_of, sessions_root


def past_sessions(root: Path, flags: Mapping[str, Any]) -> tuple[SessionListing, ...]:
    settings = load_settings(root, flags)
    return glance_at_sessions(sessions_root(root_of(root), settings))


def session_folder(root: Path, name: str, flags: Mapping[str, Any]) -> Path:
    """By its folder, its id, what was named when it began, or a part of these that only it has."""
    if (Path(name) / STATE_FILE).is_file():
        return Path(name)
    listed = past_sessions(root, flags)
    ways: tuple[Callable[[SessionListing], bool], ...] = (
        lambda one: one.session_id == name,
        lambda one: one.module == name,
        lambda one: name in one.session_id or slug_of(name) in one.session_id,
    )
    found = next(filter(None, ([one for one in listed if fits(one)] for fits in ways)), [])
    if len(found) != 1:
        names = ", ".join(one.session_id for one in (found or listed)[:8]) or "none"
        raise SessionTrouble(
            f"{'Several sessions match' if found else 'No session matches'} “{name}”; "
            f"there are: {names}."
        )
    return Path(found[0].path)
