"""A number agrees with its noun: `1 case`, `2 cases`; nothing says `1 cases`."""

from __future__ import annotations

import json
import re

import pytest

from itc_tui.speech import filled, speak, tell
from tests.speech.sources import PACKAGE, forms

#: What is counted, in its plural, behind a blank that is no number with its noun.
PLURAL = re.compile(
    r"\{\w*\} (?:[a-z]+ )?(boundaries|calls|cases|characters|commits|failures|faults|files|findings"
    r"|fixtures|functions|iterations|lines|matches|modules|names|observations|paths|rows|runs"
    r"|scenarios|tests|times|words)\b"
)
#: There are always more of these than one, or it is a verb.
NEVER_ONE = {
    "all {} cases pass",
    "all {} cases show product bugs",
    "all {} iterations are used",
    "all {} written cases pass, but {} of {} planned cases could not be written",
    "existing tests enter {} of {}",
    "it has named the same root cause {} times",
    "its analysis has {} words",
    "seen the same in {} runs in the box, each with another hash seed",
    "the order differs from run to run ({} runs with other hash seeds)",
    "{} and more: over {} files",
    "{} has {} paths",
    "{} of {} cases pass and the other {} {}",
    "{}: in {} iterations",
    "text of {} lines",
    "{} of {} between modules crossed",
    "{} of {} crossed from outside",
    "{} times",
    "{} runs in the test's own process, by moto.",
    "{} runs through a file; choose another folder.",
}


def test_no_sentence_puts_a_plural_behind_any_number() -> None:
    told = {said.form for path in PACKAGE.rglob("*.py") for said in forms(path)}
    assert {form for form in told if PLURAL.search(form)} - NEVER_ONE - _cut(told) == set()


def test_no_words_of_a_screen_put_a_plural_behind_any_number() -> None:
    words = json.loads((PACKAGE / "ui" / "words" / "en.json").read_text(encoding="utf-8"))
    assert [key for key, text in words.items() if PLURAL.search(text)] == []


def _cut(told: set[str]) -> set[str]:
    """Text of a box or a trace, which is only cut where much is left out."""
    return {form for form in told if "characters" in form or " lines are only " in form}


@pytest.mark.parametrize(
    ("number", "english"), [(0, "0 cases"), (1, "1 case"), (2, "2 cases"), ("1/3", "1/3 cases")]
)
def test_english_has_two_forms_and_chinese_one(number: object, english: str) -> None:
    assert filled("{count:case|cases}", {"count": number}) == english
    speak("zh")
    try:
        assert tell("{cases:case|cases}", cases=number) == f"{number} 个用例"
    finally:
        speak("en")
