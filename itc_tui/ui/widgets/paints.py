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


def paints_of(app: App[Any]) -> Mapping[str, Style]:
    variables = app.theme_variables
    return _mixed(*(variables[name] for name in _NEEDED))


@lru_cache(maxsize=32)
def _mixed(
    foreground: str, background: str, success: str, warning: str, error: str, accent: str
) -> Mapping[str, Style]:
    if background.startswith("ansi"):
        return _of_the_terminal(success, warning, error, accent)
    ground, text = Color.parse(background), Color.parse(foreground)
    good, warn, bad, main = (Color.parse(name) for name in (success, warning, error, accent))

    def shade(share: float) -> Style:
        return Style(color=ground.blend(text, share).rich_color)

    def over(color: Color, share: float) -> Any:
        return ground.blend(color, share).rich_color

    return {
        "good": Style(color=good.rich_color),
        "bad": Style(color=bad.rich_color),
        "warn": Style(color=warn.rich_color),
        "accent": Style(color=main.rich_color),
        "dim": shade(0.72),
        "faint": shade(0.48),
        "strong": Style(color=text.rich_color, bold=True),
        "heading": shade(0.86) + Style(bold=True),
        "added": Style(color=good.rich_color, bgcolor=over(good, 0.14)),
        "removed": Style(color=bad.rich_color, bgcolor=over(bad, 0.14)),
        "cursor": Style(bgcolor=over(main, 0.28), bold=True),
        "mark": Style(bgcolor=over(text, 0.08)),
    }


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
