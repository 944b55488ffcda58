"""The pictures of the README, from the recorded session: `make pictures`. Needs Chromium."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from itc_tui.application import outside_of
from itc_tui.ui.app import ItcApp
from itc_tui.ui.errand import Errand
from itc_tui.ui.look import Look

ROOT = Path(__file__).parents[1]
SESSION = ROOT / "sessions" / "ITG-shop-2026-11-22"
PICTURES = ROOT / "docs" / "pictures"
COLUMNS, ROWS, CELL, LINE = 120, 36, 10, 19
KEYS = {
    "plan": ("2", "l", "j"),
    "tests": ("3", "n"),
    "reflection": ("4",),
    "map": ("1", "m"),
}
"""What is pressed, one after another, before each picture is taken."""

PAGE = """<meta charset="utf-8"><style>
body {{ margin: 0; background: {ground}; }}
pre {{ margin: 0; font: 16.61px/{line}px "DejaVu Sans Mono", monospace; width: {width}px; }}
</style><pre>{text}</pre>"""


async def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("Chromium is needed to draw the pictures; install it.", file=sys.stderr)
        return 2
    if not SESSION.is_dir():
        print(f"{SESSION.name} is not among the recorded sessions; name one here.", file=sys.stderr)
        return 2
    look = Look(language="en", theme="itc-dark", reduced_motion=True)
    app: Any = ItcApp(outside_of(ROOT, {}), look, Errand(review=str(SESSION)))
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        while not getattr(app.screen, "_recording", None):
            await pilot.pause(0.05)
        for name, keys in KEYS.items():
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            draw(chromium, page_of(app), PICTURES / f"{name}.png")
    return 0


def page_of(app: Any) -> str:
    """The cells as they are painted; a terminal's grid is what `pre` is."""
    lines = []
    for strip in app.screen._compositor.render_strips():
        cells = []
        for text, style, _ in strip:
            css = style.get_html_style() if style else ""
            cells.append(f'<span style="{css}">{escape(text)}</span>')
        lines.append("".join(cells))
    ground = app.screen.background_colors[1].hex
    return PAGE.format(ground=ground, line=LINE, width=COLUMNS * CELL, text="\n".join(lines))


def draw(chromium: str, page: str, picture: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        size = f"--window-size={COLUMNS * CELL},{ROWS * LINE}"
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        subprocess.run(
            [*command, size, f"--screenshot={picture}", file.as_uri()],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
