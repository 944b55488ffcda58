"""A field of one line whose room does not depend on what stands in it."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class OneLine(Input):
    virtual_size = Reactive(Size(0, 0))
    """How long the text is; each letter would else lay out the whole screen anew."""
