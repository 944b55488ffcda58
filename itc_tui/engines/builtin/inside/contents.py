"""What an object holds, as a whole, and whether a reader was told of just that before."""

from __future__ import annotations

import collections.abc as abc
import contextlib
from typing import Any, List, Optional, Tuple

from itc_tui.engines.builtin.inside.literals import Written, written
from itc_tui.engines.builtin.inside.surface import Surface


def all_in(value: Any, surface: Surface) -> Tuple[str, Optional[Written]]:
    """The pairs of a mapping, where all can be written; else what it goes through, which of a
    set is in no order."""
    pairs = written(dict(value), surface, 300) if isinstance(value, abc.Mapping) else None
    if pairs:
        return "dict", pairs
    if isinstance(value, abc.Set) and not isinstance(value, abc.Sequence):
        with contextlib.suppress(TypeError):
            return "set", written(set(value), surface, 300)
    return "list", written(list(value), surface, 300)


def is_told(value: Any, shown: List[Any]) -> bool:
    """Something that was shown before holds just the same things."""
    if not isinstance(value, abc.Collection) or isinstance(value, (str, bytes, abc.Mapping)):
        return False
    try:
        held = sorted(map(repr, value))
        others = [sorted(map(repr, one)) for one in shown if isinstance(one, abc.Collection)]
    except Exception:
        return False
    return len(held) > 0 and held in others
