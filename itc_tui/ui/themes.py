"""Our own dark and light looks: quiet ground, one accent colour. All of Textual's work too."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="itc-dark",
    primary="#6fb7ff",
    secondary="#8b9bb4",
    accent="#6fb7ff",
    foreground="#d5dae3",
    background="#11141a",
    surface="#161a22",
    panel="#1d222c",
    success="#7fc88f",
    warning="#e2b86b",
    error="#ef7b84",
    dark=True,
    variables={
        "border-quiet": "#2a313d",
        "input-cursor-background": "#6fb7ff",
        "input-selection-background": "#6fb7ff 30%",
    },
)
LIGHT = Theme(
    name="itc-light",
    primary="#1f5fae",
    secondary="#5d6b80",
    accent="#1f5fae",
    foreground="#23272f",
    background="#fbfbf9",
    surface="#f4f4f1",
    panel="#e9e9e4",
    success="#2c7a3f",
    warning="#8a5a00",
    error="#b3261e",
    dark=False,
    variables={"border-quiet": "#d3d3cc"},
)
THEMES = (DARK, LIGHT)
LOOKS = ("itc-dark", "itc-light", "ansi-dark", "ansi-light")
"""What one key goes through."""
