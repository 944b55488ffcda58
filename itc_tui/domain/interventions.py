"""What the person decided in step mode, in place of what the loop would have done by itself."""

from __future__ import annotations

from enum import StrEnum

from itc_tui.domain.record import Record


class Deed(StrEnum):
    STRATEGY = "strategy"
    """Another strategy than the one that applied."""
    FAILURES = "failures"
    """Other failures than those that the strategy takes on."""
    EDITED = "edited"
    """The fix was changed before it was applied."""
    REJECTED = "rejected"
    """The fix was not applied; the engine was told why."""
    SKIPPED = "skipped"
    """The step was not done."""
    TAKEN_BACK = "taken_back"
    """A gain was not committed but taken out of the tree."""


class Intervention(Record):
    iteration: int = 0
    step: str = ""
    """`choose`, `fix`, `keep`."""
    deed: Deed
    what: str = ""
    """The strategy, the tests, the files, or the reason."""

    @property
    def told(self) -> str:
        """For the log, in one line."""
        words = _WORDS[self.deed].format(step=_STEPS.get(self.step, self.step), what=self.what)
        return words.rstrip(": ")


_WORDS = {
    Deed.STRATEGY: "the strategy: {what}",
    Deed.FAILURES: "the failures to take on: {what}",
    Deed.EDITED: "the fix was edited by hand: {what}",
    Deed.REJECTED: "the fix was left: {what}",
    Deed.SKIPPED: "{step} was skipped: {what}",
    Deed.TAKEN_BACK: "the gain was not committed but taken back: {what}",
}
_STEPS = {"choose": "choosing a strategy and fixing", "fix": "fixing"}
