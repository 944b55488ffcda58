"""How the person wants the screen to be; and where its style sheets are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itc_tui.settings import Settings


@dataclass(frozen=True, slots=True)
class Look:
    theme: str = ""
    """One of ours, or any of Textual's; empty is what was used last, else dark."""
    language: str = ""
    """`en` or `zh`; empty is the locale's."""
    reduced_motion: bool = False
    bell: bool = True
    notify: str = "auto"
    """As in the settings: `auto`, `terminal`, `desktop`, `off`."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command's identity (`workbench.step`) → keys, by commas."""

    @classmethod
    def of(cls, settings: Settings) -> Look:
        """A `Trouble` where a key cannot be had."""
        from itc_tui.ui.keymap import own_keys  # most people have none

        return cls(
            theme=settings.theme,
            language=settings.lang,
            reduced_motion=settings.reduced_motion,
            bell=settings.bell,
            notify=settings.notify,
            keys=own_keys(settings.keys) if settings.keys else {},
        )


def sheets(*names: str) -> list[str | PurePath]:
    """Inside the wheel, or beside the package in a checkout; each screen parses its own."""
    inside = Path(__file__).parents[1] / "styles"
    folder = inside if inside.is_dir() else Path(__file__).parents[2] / "styles"
    return [folder / f"{name}.tcss" for name in names]
