"""Texts are put together from the target's own words, and changed word by word."""

from __future__ import annotations

import random

from itc_tui.engines.builtin.inside.changing import Changes, texts_of
from itc_tui.engines.builtin.inside.pool import Kept
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.reshaping import Reshaper, says_a_key_twice
from itc_tui.engines.builtin.inside.texts import Words


def words_of(*words: str) -> Words:
    return Words({"shelf": list(words)}, [], {}, random.Random(3))


def test_a_word_takes_the_place_of_another() -> None:
    words = words_of(":", "leaf")
    assert "a:first(2)" in {words.with_word("a:last(2)", "first") for _ in range(60)}


def test_a_mark_takes_the_place_of_another() -> None:
    words = words_of(":", "leaf")
    assert "a > b" in {words.with_word("a + b", ">") for _ in range(60)}


def test_phrases_have_marks_before_and_brackets_behind_of_the_kind_that_the_target_knows() -> None:
    words = words_of(":", "(", ")", "leaf", "root")
    words.wanted = ["first"]
    phrases = {words.phrase("shelf") for _ in range(2000)}
    assert {":leaf", ":first(2)", "root(first)"} <= phrases
    assert not any("[" in phrase or "{" in phrase for phrase in phrases)


def test_what_went_far_is_spliced() -> None:
    words = words_of("leaf")
    words.take(["left,right", "up;down"])
    texts = {words.mutated("left,right") for _ in range(3000)}
    assert any(text.startswith("left") and text.endswith("down") for text in texts)


def test_a_number_that_is_asked_for_takes_the_place_of_a_number() -> None:
    program = Program((), (Step("v_got_1", "done('tea', 5)"),))
    words, rng = words_of("leaf"), random.Random(1)
    changes = Changes(words, Reshaper(words, {}, rng), rng)
    changed = changes.saying(42, Kept(program, "shelf:done", False))
    assert changed is not None
    assert changed.steps[0].code == "done('tea', 42)"
    bare = Kept(Program((), (Step("v_got_1", "done()"),)), "shelf:done", False)
    assert changes.saying("tea", bare) is None


def test_the_texts_of_a_call_are_those_of_its_last_step() -> None:
    steps = (Step("v_made_1", "Shelf('oak')"), Step("v_got_2", "v_made_1.find('tea', 3, '')"))
    assert texts_of(Program((), steps)) == ["tea"]


def test_no_key_of_a_record_becomes_another_one_of_its_keys() -> None:
    program = Program((), (Step("v_got_1", "sold({'tea': 1, 'leaf': 2})"),))
    words, rng = words_of("leaf", "tea"), random.Random(1)
    changes = Changes(words, Reshaper(words, {}, rng), rng)
    kept = Kept(program, "shelf:sold", False)
    made = [changes.saying(word, kept) for word in ("tea", "leaf") for _ in range(60)]
    made += [changes.changed(kept) for _ in range(200)]
    codes = [one.steps[0].code for one in made if one is not None]
    assert len(codes) > 60
    assert not any(says_a_key_twice(code) for code in codes)
