"""What the person decided is told in one line, whatever it was."""

from __future__ import annotations

import pytest

from itc_tui.domain.interventions import Deed, Intervention
from itc_tui.domain.questions import Ahead
from itc_tui.phases.ahead import WORDS
from itc_tui.ui.words import say


@pytest.mark.parametrize("deed", Deed)
def test_every_deed_is_told_with_and_without_its_reason(deed: Deed) -> None:
    bare = Intervention(iteration=1, step="fix", deed=deed)
    assert bare.told
    assert not bare.told.endswith(":")
    assert bare.but(what="because").told == f"{bare.told}: because"
    assert say(f"deed.{deed}", what="because")


@pytest.mark.parametrize("step", [step for step in WORDS if step != "choose"])
def test_the_screen_says_of_each_step_what_the_loop_says(step: str) -> None:
    head, more = WORDS[step]
    assert say(f"ahead.{Ahead(step=step, phase=5).step}") == head
    assert say(f"ahead.{step}.more") == more
