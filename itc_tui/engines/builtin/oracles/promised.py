"""One promise that the target's code or documents make."""

from __future__ import annotations

from dataclasses import dataclass

from itc_tui.engines.builtin.inside.promises.wording import KIND as DOCSTRING
from itc_tui.engines.builtin.writing.files import Telling


@dataclass(frozen=True)
class Promise:
    kind: str
    """`field type`, `round trip`, `doctest` …"""
    name: str
    """In words that make a test's name."""
    text: str
    """As it is written."""
    place: str
    """`src/shop/config.py:26`"""
    holds: bool
    focus: str
    """`shop.config:load_settings`: whose promise it is."""
    held: str = ""
    """What is there instead, where it does not hold."""

    @property
    def evidence(self) -> str:
        return f"{self.kind} {self.place}: {self.text}".rstrip(".: ")

    @property
    def _told(self) -> str:
        if self.kind != DOCSTRING:
            return f"promised in {self.place}: {self.text}"
        called = self.focus.partition(":")[2]
        return f"the docstring of `{called}` says: ‘{self.text}’ ({self.place})"

    def telling(self, name: str, scope: str) -> Telling:
        """What the docstring of its test says."""
        # Most names begin with one of the code's own, which keeps its case.
        summary = name[:1].upper() + name[1:] if name.startswith("the ") else name
        return Telling(
            summary=summary + ".",
            scope=scope,
            impact=self._told,
            strategy=f"{self.kind}, put to the test with real objects",
            success="what is promised is what happens",
        )
