"""What the person's look does to the application: theme, language, motion, keys."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.color import Color
from textual.constants import TEXTUAL_ANIMATIONS
from textual.filter import Monochrome, NoColor
from textual.scrollbar import ScrollBar

from itc_tui.ui.commands import remap
from itc_tui.ui.look import Look
from itc_tui.ui.outside import Outside
from itc_tui.ui.themes import LOOKS, THEMES
from itc_tui.ui.widgets.thumb import Thumb
from itc_tui.ui.words import language_of_locale, speak

COLOURLESS = "ansi-dark"
"""Made of bold, dim, underline and reverse where there are no colours to mix."""


def dress(app: App[Any], look: Look, outside: Outside) -> None:
    """Before the sheets are read: changing the theme later would read them twice."""
    ScrollBar.renderer = Thumb
    speak(_language(look, outside))
    for theme in THEMES:
        app.register_theme(theme)
    # An empty NO_COLOR is none: https://no-color.org; to Textual it is one.
    app.no_color = bool(os.environ.get("NO_COLOR"))
    app.set_reactive(App.theme, _theme(app, look, outside))
    app.stylesheet.set_variables(app.get_css_variables())
    _filter_colours(app)


def appear(app: App[Any], look: Look) -> None:
    """Once the application runs."""
    wear(app, look)
    if app.is_web:
        _tell_ground(app)
        app.theme_changed_signal.subscribe(app, lambda _: _tell_ground(app))


def wear(app: App[Any], look: Look) -> None:
    """What can be done at any time; once more when the settings change."""
    app.animation_level = "none" if look.reduced_motion else TEXTUAL_ANIMATIONS
    app.set_keymap(dict(look.keys))
    remap(look.keys)


def change(app: App[Any], before: Look, look: Look, outside: Outside) -> None:
    """Only what was set: what a key changed since then stays."""
    wear(app, look)
    if look.theme != before.theme:
        choose_theme(app, _theme(app, look, outside))
    if look.language != before.language:
        speak(_language(look, outside))
    relabel(app)


def relabel(app: App[Any]) -> None:
    """Words or keys changed."""
    for screen in app.screen_stack:
        again: Callable[[], None] | None = getattr(screen, "relabel", None)
        if again:
            again()


def choose_theme(app: App[Any], name: str) -> bool:
    """Whether it can be seen: without colours there is only one."""
    if not app.no_color:
        app.theme = name
    return not app.no_color


def next_theme(app: App[Any]) -> str:
    at = LOOKS.index(app.theme) if app.theme in LOOKS else -1
    return LOOKS[(at + 1) % len(LOOKS)]


def _filter_colours(app: App[Any]) -> None:
    """Textual chose its filters for the theme that it began with, which was not ours yet."""
    app._refresh_truecolor_filter(app.ansi_theme)
    app._filters = [one for one in app._filters if not isinstance(one, (Monochrome, NoColor))]
    if app.no_color:
        app._filters.append(NoColor())  # greys are colours too


def _tell_ground(app: App[Any]) -> None:
    """The page goes on where the last row ends, and takes its ground from the terminal in it."""
    ground = app.theme_variables["background"]
    is_own = not ground.startswith("ansi")
    if app._driver is not None:
        app._driver.write(f"\x1b]11;{Color.parse(ground).hex}\x07" if is_own else "\x1b]111\x07")


def _theme(app: App[Any], look: Look, outside: Outside) -> str:
    if app.no_color:
        return COLOURLESS
    wanted = look.theme or outside.recall("theme") or LOOKS[0]
    return wanted if wanted in app.available_themes else LOOKS[0]


def _language(look: Look, outside: Outside) -> str:
    return look.language or outside.recall("language") or language_of_locale()
