"""The few paints that all rows share, mixed once for each theme."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rich.style import Style
from textual.app import App
from textual.color import Color

_NEEDED = ("foreground", "background", "success", "warning", "error", "accent")

# Not component classes: Textual resolves those anew for each widget at each change of focus,
# which was most of what a key cost.


LEGIBLE = 4.5
"""Contrast that text needs against its ground (WCAG 2.2, AA), as far as a theme allows it."""
_CURSOR_SHARES = (0.28, 0.22, 0.16, 0.1)


def paints_of(app: App[Any]) -> Mapping[str, Style]:
    return _for(app)[0]


def paints_on_cursor(app: App[Any]) -> Mapping[str, Style]:
    """The same for the row under the cursor, whose ground is another."""
    return _for(app)[1]


def legible(color: Color, ground: Color, text: Color) -> Color:
    """The colour, drawn towards that of the text until it can be read on this ground."""
    for tenth in range(11):
        mixed = color.blend(text, tenth / 10)
        if contrast(mixed, ground) >= LEGIBLE:
            return mixed
    return text


def contrast(one: Color, other: Color) -> float:
    """From 1, the same, to 21, black on white; as WCAG reckons it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _for(app: App[Any]) -> tuple[Mapping[str, Style], Mapping[str, Style]]:
    variables = app.theme_variables
    return _mixed(*(variables[name] for name in _NEEDED))


@lru_cache(maxsize=32)
def _mixed(
    foreground: str, background: str, success: str, warning: str, error: str, accent: str
) -> tuple[Mapping[str, Style], Mapping[str, Style]]:
    if background.startswith("ansi"):
        paints = _of_the_terminal(success, warning, error, accent)
        # Turned round, a colour would be the ground of its own word and nothing else's.
        return paints, {name: Style(bold=style.bold) for name, style in paints.items()}
    ground, text = Color.parse(background), Color.parse(foreground)
    main = Color.parse(accent)
    signals = {
        "good": Color.parse(success),
        "bad": Color.parse(error),
        "warn": Color.parse(warning),
        "accent": main,
    }
    below = _cursor_ground(ground, text, main)
    paints = _on(ground, ground, text, signals)
    paints["cursor"] = Style(bgcolor=below.rich_color, bold=True)
    paints["mark"] = Style(bgcolor=ground.blend(text, 0.08).rich_color)
    return paints, {**paints, **_on(below, ground, text, signals)}


def _on(ground: Color, quiet: Color, text: Color, signals: Mapping[str, Color]) -> dict[str, Style]:
    """What is written on this ground; shades lie between the quiet ground and the text."""

    def shade(share: float) -> Style:
        return Style(color=legible(quiet.blend(text, share), ground, text).rich_color)

    def over(name: str) -> Style:
        below = ground.blend(signals[name], 0.14)
        return Style(color=legible(signals[name], below, text).rich_color, bgcolor=below.rich_color)

    return {
        **{
            name: Style(color=legible(color, ground, text).rich_color)
            for name, color in signals.items()
        },
        "dim": shade(0.72),
        "faint": shade(0.48),
        "strong": Style(color=text.rich_color, bold=True),
        "heading": shade(0.86) + Style(bold=True),
        "added": over("good"),
        "removed": over("bad"),
    }


def _cursor_ground(ground: Color, text: Color, main: Color) -> Color:
    """As much of the accent as leaves the text legible."""
    shades = [ground.blend(main, share) for share in _CURSOR_SHARES]
    return next((one for one in shades if contrast(text, one) >= LEGIBLE), shades[-1])


def _of_the_terminal(success: str, warning: str, error: str, accent: str) -> Mapping[str, Style]:
    """With the terminal's own colours nothing can be mixed: dim, bold and reverse must do."""
    good, warn, bad, main = (
        Style(color=Color.parse(name).rich_color) for name in (success, warning, error, accent)
    )
    return {
        "good": good,
        "bad": bad,
        "warn": warn,
        "accent": main,
        "dim": Style(),
        "faint": Style(dim=True),
        "strong": Style(bold=True),
        "heading": Style(bold=True),
        "added": good,
        "removed": bad,
        "cursor": Style(reverse=True),
        "mark": Style(underline=True),
    }
