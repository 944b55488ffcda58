"""Whether a change makes an existing test weaker."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.domain.record import Record
from itc_tui.domain.requests import CorrectedExpectation


class Weakening(Record):
    function: str
    what: str


def weakenings(
    _before: str, _after: str, _corrections: Sequence[CorrectedExpectation]
) -> list[Weakening]:
    """Is written on the branch `prove`; this is the interface that the loop calls."""
    return []
