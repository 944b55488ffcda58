"""Whatever the theme, what is written can be read: on the ground, and under the cursor."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from itc_tui.ui.look import Look
from itc_tui.ui.themes import THEMES
from itc_tui.ui.widgets import paints
from itc_tui.ui.widgets.paints import LEGIBLE, contrast
from itc_tui.ui.widgets.thumb import Thumb
from itc_tui.ui.widgets.topic_field import TopicField
from tests.ui.stage import answer, application, launch, painted, until

WORDS = ("good", "bad", "warn", "accent", "dim", "faint", "strong", "heading")
MIXED = [
    theme
    for theme in (*THEMES, *BUILTIN_THEMES.values())
    if not str(theme.background).startswith("ansi")
]
OF_THE_TERMINAL = [theme for theme in BUILTIN_THEMES.values() if theme not in MIXED]


def painted_by(theme: Theme) -> tuple[dict[str, Style], dict[str, Style], Color]:
    variables = theme.to_color_system().generate()
    found = paints._mixed(*(variables[name] for name in paints._NEEDED))
    return dict(found[0]), dict(found[1]), Color.parse(variables["foreground"])


def color_of(style: Style, which: str = "color") -> Color:
    color = getattr(style, which)
    return Color.from_rich_color(color)


@pytest.mark.parametrize("theme", MIXED, ids=lambda theme: str(theme.name))
def test_every_word_can_be_read_in_every_theme(theme: Theme) -> None:
    plain, on_cursor, text = painted_by(theme)
    ground = Color.parse(theme.to_color_system().generate()["background"])
    below = color_of(plain["cursor"], "bgcolor")
    for name in WORDS:
        for paint, behind in ((plain[name], ground), (on_cursor[name], below)):
            # A theme whose own text says less cannot be made to say more.
            wanted = min(LEGIBLE, contrast(text, behind))
            assert contrast(color_of(paint), behind) >= wanted - 0.15, name


@pytest.mark.parametrize("theme", OF_THE_TERMINAL, ids=lambda theme: str(theme.name))
def test_a_row_that_is_turned_round_has_no_colours_of_its_own(theme: Theme) -> None:
    """A sign in its colour would be a block of that colour there."""
    _, on_cursor, _ = painted_by(theme)
    assert OF_THE_TERMINAL
    assert all(style.color is None and not style.dim for style in on_cursor.values())


def test_a_thumb_touches_the_ends_of_its_track_only_at_the_ends_of_the_text() -> None:
    def bar(position: float) -> str:
        return "".join(segment.text for segment in Thumb.render_bar(10, 100, 20, position).segments)

    assert bar(0) == "┃┃        "
    assert bar(1) == " ┃┃       "
    assert bar(79) == "       ┃┃ "
    assert bar(80) == "        ┃┃"
    assert "".join(one.text for one in Thumb.render_bar(10, 10, 20, 0).segments).strip() == ""


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "itc-light"])
async def test_what_a_question_is_about_is_seen_behind_it(theme: str) -> None:
    look = Look(language="en", theme=theme, reduced_motion=True)
    async with application(started=launch(), look=look) as (app, pilot):
        await answer(pilot, "consent", "y")
        await until(pilot, lambda: "Confirm and develop" in painted(app))
        assert "Placing an order" in painted(app)
        for line in app.screen._compositor.render_strips():
            for text, style, _ in line:
                if text.strip() in ("c", "Confirm and develop") and style and style.bgcolor:
                    assert style.bgcolor.is_default or style.color != style.bgcolor


async def test_a_field_with_a_long_value_shows_it_and_no_scrollbar() -> None:
    async with application(size=(80, 24)) as (app, pilot):
        field = app.screen.query_one(TopicField)
        field.value = "payments " * 30
        await until(pilot, lambda: "payments payments" in painted(app))
        app.screen.action_leave_field()
        await until(pilot, lambda: app.focused is not field)
        assert "payments payments" in painted(app)
