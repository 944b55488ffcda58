"""Puts calls together: a receiver, arguments, and what has to be there before."""

from __future__ import annotations

import random
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.pool import Kept, Pool
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.shapes import arguments_in, pairs_of, short_name, stem_of
from itc_tui.engines.builtin.inside.surface import Entry, Surface

_MAX_STEPS = 9


class Composed(NamedTuple):
    program: Program
    used: List[Tuple[str, str]]
    """Which kind of value each parameter got."""


class Composer:
    def __init__(
        self, surface: Surface, pool: Pool, arguments: Arguments, rng: random.Random
    ) -> None:
        self._pool, self._arguments, self._rng = pool, arguments, rng
        self._undoing: Dict[str, List[Entry]] = pairs_of(surface.callables)

    @property
    def can_undo(self) -> bool:
        return bool(self._undoing)

    def call_of(
        self, target: Entry, received: Optional[Tuple[Program, str]] = None
    ) -> Optional[Composed]:
        """`received`: the program and the name of the object to call it on, where that is known."""
        if target.compose is not None:
            whole_one: Any = target.compose(self._arguments)
            return Composed(*whole_one) if whole_one is not None else None
        received = received or self._receiver(target)
        if received is None:
            return None
        receiver, name = received
        call: Any = Program(), "", []
        if target.func is not None:
            call = self._arguments.call(target, receiver)
        if call is None:
            return None
        setup, text, used = call
        whole = _with_all(receiver, setup, target)
        if whole is None or len(whole.steps) >= _MAX_STEPS:
            return None
        if target.kind == "operator":
            parts = arguments_in(text)
            if parts == [name] or target.template.count("{") > 1 + len(parts):
                return None  # a thing beside itself shows nothing
            code = target.template.format(name, *parts)
        else:
            code = target.template.replace("{0}", name).replace("...", text)
        is_statement = code.startswith("del ") or target.template == "{0}[{1}] = {2}"
        var = "" if is_statement else fresh(stem_of(target))
        return Composed(whole.then(Step(var, code)), used)

    def saying(self, target: Entry, code: str) -> Optional[Program]:
        """A call with this as its one argument."""
        received = self._receiver(target)
        whole = _with_all(received[0], Program(), target) if received is not None else None
        if received is None or whole is None:
            return None
        call = target.template.replace("{0}", received[1]).replace("...", code)
        return whole.then(Step(fresh(stem_of(target)), call))

    def undone(self, kept: Kept) -> Optional[Tuple[Program, Entry]]:
        """What an earlier call did taken back: what comes out should be what went in."""
        partners = self._undoing.get(kept.focus)
        last = kept.program.steps[-1]
        if not partners or kept.is_error or last.kind != "do":
            return None
        target = self._rng.choice(partners)
        handed = [last.var] if last.var else []
        handed += [
            part for part in arguments_in(last.code.partition("(")[2][:-1]) if "path" in part
        ]
        received = self._receiver(target) if handed else None
        if received is None:
            return None
        receiver, name = received
        whole = _with_all(kept.program, receiver, target)
        if whole is None:
            return None
        argument = self._rng.choice(handed)
        code = target.template.replace("{0}", name).replace("...", argument)
        return whole.then(Step(fresh(stem_of(target)), code)), target

    def followed(self, program: Program, entry: Entry) -> Optional[Composed]:
        """A call of what the program gave: see `following.to_call`."""
        call = self._arguments.call(entry, program)
        whole = program.beside(call[0]) if call is not None else None
        if call is None or whole is None or len(whole.steps) >= _MAX_STEPS:
            return None
        name = short_name(entry).partition("(")[0]
        step = Step(fresh("got_" + name), entry.template.replace("...", call[1]))
        return Composed(whole.then(step), call[2])

    def _receiver(self, target: Entry) -> Optional[Tuple[Program, str]]:
        if target.owner is None:
            return target.prelude or Program(), ""
        held = self._pool.of_type(target.owner)
        return (held.program, held.name) if held is not None else None


def _with_all(one: Program, other: Program, target: Entry) -> Optional[Program]:
    """Both, and what a call of the target imports; None where a name would have two meanings."""
    both = one.beside(other)
    imports = (target.imports,) if target.imports else ()
    return both.beside(Program(imports)) if both is not None else None
