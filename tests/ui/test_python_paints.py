"""The editor of a fix shows what the fix makes new, and tells the parts of Python apart."""

from __future__ import annotations

import pytest
from rich.style import Style
from rich.text import Text

from itc_tui.ui.python_paints import PaintedPython, new_lines, spans_of

COLOURS = ("red", "green", "blue", "yellow", "magenta")
PAINTS = {name: Style(color=name) for name in COLOURS}
NAMED = dict(zip(("accent", "good", "warn", "faint", "added"), PAINTS.values(), strict=True))

BEFORE = '''def test_a():
    """Two lines
    of words."""
    assert total("tea") == 3  # so far
'''


def parts(text: str, at: int, before: str = "") -> dict[str, str]:
    painted = PaintedPython(before or text)
    lines = text.split("\n")
    painted.read(lines)
    line = painted.paint(Text(lines[at]), at, NAMED)
    return {lines[at][span.start : span.end]: str(span.style) for span in line.spans}


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (0, {"def": "red"}),
        (1, {'"""Two lines': "green"}),
        (2, {'    of words."""': "green"}),
        (3, {"assert": "red", '"tea"': "green", "3": "blue", "# so far": "yellow"}),
    ],
)
def test_each_part_has_its_colour_over_several_lines_too(at: int, told: dict[str, str]) -> None:
    assert parts(BEFORE, at) == told


def test_a_line_that_is_new_stands_out_whole() -> None:
    after = BEFORE.replace("== 3", "== 4")
    assert parts(after, 3, BEFORE) == {'    assert total("tea") == 4  # so far': "bold magenta"}
    assert parts(after, 0, BEFORE) == {"def": "red"}


def test_what_is_half_written_keeps_the_colours_of_what_stands_before_it() -> None:
    assert parts(BEFORE + '\nassert ("', 0) == {"def": "red"}
    assert parts(BEFORE + "\n  )\n", 3)["assert"] == "red"


def test_the_words_of_an_f_string_are_text() -> None:
    text = 'x = f"a {b} c"\n'
    spoken = "".join(part for part, paint in parts(text, 0).items() if paint == "green")
    assert spoken.startswith('f"a ')
    assert spoken.endswith(' c"')


def test_what_is_new_is_told_as_editors_count() -> None:
    before = ["a", "b", "c", "d"]
    assert spans_of(new_lines(before, ["a", "x", "c", "y", "z", "d"])) == "2, 4–5"
    assert spans_of(new_lines(before, before)) == ""
