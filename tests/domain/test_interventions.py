"""What the person decided is told in one line, whatever it was."""

from __future__ import annotations

import pytest

from itc_tui.domain.interventions import Deed, Intervention
from itc_tui.ui.words import say


@pytest.mark.parametrize("deed", Deed)
def test_every_deed_is_told_with_and_without_its_reason(deed: Deed) -> None:
    bare = Intervention(iteration=1, step="fix", deed=deed)
    assert bare.told
    assert not bare.told.endswith(":")
    assert bare.but(what="because").told == f"{bare.told}: because"
    assert say(f"deed.{deed}", what="because")
