"""Text from outside is text."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from itc_tui.ui.text import cut, fit, plain, plain_lines, shorten_path, wrap

HOSTILE = (
    "[bold red]markup[/] [link=x]y[/link]",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "a\x00b\x07c\rd\x7f",
    "abc\u202egnirts\u202c",
    "zero\u200bwidth \ufeffbom \u2066iso\u2069",
    "emoji 👩‍👩‍👧 é 支付 ｗｉｄｅ",
    "\ud800 lone surrogate",
    "x" * 1_000_000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_line_keeps_its_words_and_loses_its_powers(text: str) -> None:
    safe = plain(text)
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in safe)
    assert not any(letter in safe for letter in "\u202e\u202c\u2066\u2069\u200b\ufeff")
    assert len(safe) < 5000
    safe.encode("utf-8")


def test_markup_is_not_read() -> None:
    assert plain("[bold]x[/]") == "[bold]x[/]"


def test_line_breaks_of_all_kinds_part_lines_and_are_in_none() -> None:
    assert plain_lines("a\nb\r\nc\u2028d") == ["a", "b", "c", "d"]


@pytest.mark.parametrize("text", ["short", "支付模块的集成测试", "a支b付c", "👍👍👍👍👍", ""])
@pytest.mark.parametrize("width", [0, 1, 2, 5, 6, 30])
def test_columns_line_up_whatever_the_letters(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= max(width, 0)
    assert cell_len(fit(text, width)) == width


@pytest.mark.parametrize(
    "text", ["one two three four five", "支付模块的集成测试很长很长", "x" * 50, ""]
)
def test_wrapping_loses_no_word_and_keeps_within_its_width(text: str) -> None:
    lines = wrap(text, 10)
    assert all(cell_len(line) <= 10 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_long_path_keeps_its_end() -> None:
    assert shorten_path("tests/integration/test_orders.py", 12).endswith("_orders.py")


def test_chinese_breaks_between_letters_and_keeps_marks_with_them() -> None:
    assert wrap("在 /repo 的副本中运行，不写入外部。", 14) == [
        "在 /repo 的副",
        "本中运行，不写",
        "入外部。",
    ]
    assert wrap("甲乙丙丁。", 8) == ["甲乙丙", "丁。"]
    assert wrap("说（甲）乙", 6) == ["说", "（甲）", "乙"]


def test_english_breaks_at_spaces_as_ever() -> None:
    assert wrap("one two (three) four", 9) == ["one two", "(three)", "four"]
