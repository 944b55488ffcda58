"""Objects that are entered and left: they are seen from within their block."""

from __future__ import annotations

import inspect
from typing import Any, Iterator

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.drivers.door import Made
from itc_tui.engines.builtin.inside.programs import Step, fresh
from itc_tui.engines.builtin.inside.surface import Entry, Surface


def entries(surface: Surface) -> Iterator[Entry]:
    """One for each class of the target that can be the head of a `with`."""
    for target in list(surface.callables):
        owner = target.func if target.kind == "class" else None
        enter = getattr(owner, "__enter__", None)
        if not inspect.isfunction(enter) or not hasattr(owner, "__exit__"):
            continue
        if enter.__module__.split(".")[0] in surface.tops:
            ident = target.ident + ".__enter__"
            compose = _Entering(owner).compose
            yield Entry(
                ident, "block", "", "", enter.__code__, None, None, False, target.shown, compose
            )


class _Entering:
    def __init__(self, owner: Any) -> None:
        self._owner = owner

    def compose(self, maker: Arguments) -> Made:
        held = maker.pool.of_type(self._owner)
        if held is None or any(step.kind == "with" for step in held.program.steps):
            return None
        return held.program.then(Step(fresh("opened"), held.name, "with")), []
