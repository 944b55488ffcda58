"""Every sentence of the product has its Chinese, and each of those is still said."""

from __future__ import annotations

import inspect
from pathlib import Path

import click
import pytest

from itc_tui.cli import itc
from itc_tui.speech.catalogue import catalogue
from itc_tui.speech.telling import _translated
from itc_tui.speech.template import filled, parsed
from tests.speech.not_said import (
    BY_SCREENS,
    CLICK,
    EXAMPLES,
    NOT_SAID,
    SAID_BEFORE,
    SAID_WITH_PARTS,
    SILENT,
    WORDS,
)
from tests.speech.sources import PACKAGE, forms, skeleton


def in_chinese(sentence: str) -> str | None:
    return _translated(sentence, "zh")


KNOWN = {skeleton(form): form for form in catalogue("zh").forms}
SAID = [
    said
    for path in sorted(PACKAGE.rglob("*.py"))
    if not str(path.relative_to(PACKAGE)).startswith(tuple(SILENT))
    for said in forms(path)
]


def test_every_sentence_of_the_product_is_in_the_catalogue() -> None:
    """Write a new one into `speech/zh/`, or, when no person reads it, into `not_said`."""
    unknown = [
        f"{said.place} {said.form!r}"
        for said in SAID
        if said.form not in KNOWN and said.form not in NOT_SAID | SAID_WITH_PARTS.keys()
    ]
    assert unknown == []


def test_screens_say_their_own_words_by_key() -> None:
    said = {one.form for path in (PACKAGE / "ui").rglob("*.py") for one in forms(path)}
    assert said <= BY_SCREENS


def test_a_sentence_made_of_parts_is_recognised_as_a_whole() -> None:
    assert [example for example in EXAMPLES if not in_chinese(example)] == []


@pytest.mark.parametrize(
    "own", ["Placing an order through the API", "The till refusing with a polite message"]
)
def test_what_a_person_named_stays_as_they_named_it(own: str) -> None:
    """It was half in Chinese: what one calls a scenario may look like what the engine does."""
    assert in_chinese(own) is None


def test_every_paragraph_of_a_help_page_is_in_the_catalogue() -> None:
    assert sorted(_help_pages() - KNOWN.keys() - {""}) == []


def test_nothing_is_translated_that_is_not_said_any_more() -> None:
    said = {one.form for one in SAID} | {*WORDS, *SAID_BEFORE, *CLICK, *_help_pages()}
    left_over = [
        form
        for known, form in KNOWN.items()
        if known not in said
        and not any(parsed(form).values(example) is not None for example in EXAMPLES)
    ]
    assert left_over == []


def test_nothing_is_excused_that_is_not_there() -> None:
    there = {one.form for one in SAID}
    assert sorted((NOT_SAID | SAID_WITH_PARTS.keys()) - there) == []


def test_what_is_filled_in_comes_out_in_chinese() -> None:
    """Each form is recognised, and no other one takes it for itself."""
    wrong = {
        form: in_chinese(filled(form, samples))
        for form in catalogue("zh").forms
        if (samples := _samples(form))
        and in_chinese(filled(form, samples)) != _in_its_words(form, samples)
    }
    assert wrong == {}


def test_no_translation_asks_for_what_the_sentence_does_not_tell() -> None:
    wrong = [
        form
        for form in catalogue("zh").forms
        if {blank.name for blank in parsed(catalogue("zh").translation_of(form)).blanks}
        - {blank.name for blank in parsed(form).blanks}
    ]
    assert wrong == []


def test_what_click_says_is_still_what_it_says() -> None:
    said = {
        one.form
        for file in ("core", "decorators", "exceptions", "formatting", "parser", "types")
        for one in forms(Path(click.__file__).with_name(f"{file}.py"), every=True)
    }
    assert sorted(set(CLICK) - said) == []


def _help_pages() -> set[str]:
    """Docstrings and help of the commands, as click shows them paragraph by paragraph."""
    texts = [itc.help or "", itc.epilog or ""]
    for command in itc.commands.values():
        texts += [command.help or ""]
        texts += [one.help or "" for one in command.params if isinstance(one, click.Option)]
    paragraphs = [part for text in texts for part in inspect.cleandoc(text).split("\n\n")]
    lines = {part if part[:1] == "\b" else " ".join(part.split("\n")) for part in paragraphs}
    return {skeleton(line.rstrip()) for line in lines}


def _samples(form: str) -> dict[str, object]:
    return {"": ""} | {
        blank.name: 3
        if blank.forms
        else str(17 + place)
        if blank.kind == "number"
        else blank.kind.partition("/")[0]
        if "/" in blank.kind
        else "all cases pass"
        if blank.kind == "known"
        else f"value{place}"
        for place, blank in enumerate(parsed(form).blanks)
    }


def _in_its_words(form: str, samples: dict[str, object]) -> str:
    said = {name: in_chinese(str(value)) or value for name, value in samples.items() if name}
    return filled(catalogue("zh").translation_of(form), said)


def test_a_form_that_begins_with_a_blank_takes_no_other_s_beginning() -> None:
    told = in_chinese("assumed a == b, but 3 was seen instead of 4; assumed c, but it cannot")
    assert told == "曾假设：a == b；但实际是 3，而不是 4；曾假设：c；但不能"
