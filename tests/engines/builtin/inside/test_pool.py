"""Of many objects, those that documents show how to make are taken more often."""

from __future__ import annotations

import random
from collections import Counter

from itc_tui.engines.builtin.inside.pool import Held, Pool
from itc_tui.engines.builtin.inside.programs import Program, Step


class Config:
    pass


def made(code: str) -> Held:
    return Held(Program((), (Step("v_config_1", code),)), "v_config_1")


def test_what_a_document_shows_is_taken_before_what_a_search_made_up() -> None:
    pool = Pool(random.Random(1))
    for number in range(20):
        pool.add(Config, made(f"Config('extends{number}: dflt')"))
    shown = made("Config('extends: default')")
    pool.show(Config, shown)
    pool.show(Config, shown)
    taken = Counter(pool.of_type(Config) == shown for _ in range(400))
    assert 120 < taken[True] < 260


def test_what_a_document_shows_of_one_class_is_nobody_elses() -> None:
    pool = Pool(random.Random(1))
    pool.show(Config, made("Config('extends: default')"))
    assert pool.of_type(int) is None
