"""What every oracle is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from itc_tui.engines.builtin.witnesses import Witness


@dataclass(frozen=True)
class Facts:
    """What the target's texts promise."""

    wanted: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Variable of a documented example → what the document shows, and where."""
    documented_errors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Dotted function → names of the exceptions that its docstring announces."""


Oracle = Callable[[Witness, Facts], Witness]
"""Gives the same witness back, with the expectations that are promised marked or put right."""
