"""Text from outside is text."""

from __future__ import annotations

import pytest

from itc_tui.domain.plain_text import bounded_line, bounded_text, clean_line, clean_text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plain\n\ttext", "plain\n\ttext"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b[?25l\x1b[2J\x1b[10;20Hmoved", "moved"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;never ended\nnext line", "\nnext line"),
        ("\x1bPq device string\x1b\\x", "x"),
        ("\x9b31mred\x9d0;title\x9cx", "redx"),
        ("\x1b(B\x1b=\x1bcx", "x"),
        ("a\x00b\x07c\x7fd\x85e", "abcde"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("user\u202egnp.exe\u2066\u200f", "usergnp.exe"),
        ("\ud800", "\ufffd"),
        ("宽 é 👩‍👩‍👧", "宽 é 👩‍👩‍👧"),
        ("[bold]markup[/]", "[bold]markup[/]"),
        ("\x1b", ""),
        ("\x1b[", ""),
    ],
)
def test_only_words_are_left(given: str, shown: str) -> None:
    assert clean_text(given) == shown


def test_cleaning_twice_changes_nothing_more() -> None:
    nested = "\x1b\x1b[31m[31m \x1b]\x1b]0;x\x07 \x9b\x9b"
    assert clean_text(clean_text(nested)) == clean_text(nested)


def test_one_line_stays_one_line() -> None:
    assert clean_line("one\ntwo\x1b[0m") == "one two"


def test_long_text_keeps_head_and_tail() -> None:
    assert bounded_text("a" * 10 + "b" * 10, 3, 3) == "aaa\n[… 14 characters left out …]\nbbb"
    assert bounded_text("short", 3, 3) == "short"
    assert bounded_line("x" * 12, 10) == "x" * 10 + "… (2 more characters)"
