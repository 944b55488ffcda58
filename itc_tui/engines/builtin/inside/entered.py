"""What is entered with `async with` is used inside, in one event loop: outside it is closed."""

from __future__ import annotations

import inspect
import random
from typing import Any, List, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.surface import Entry
from itc_tui.engines.builtin.inside.trials import ENTERED, IN_A_LOOP, Trial

_TWO_ACTS = 0.5


class Used(NamedTuple):
    program: Program
    focus: str
    entry: Entry
    used: List[Tuple[str, str]]


def used_inside(
    trial: Trial, arguments: Arguments, tops: Tuple[str, ...], rng: random.Random
) -> Optional[Used]:
    """Awaits a method of what was entered; None where nothing was, or where it has none."""
    steps = trial.program.steps
    if len(steps) < 2 or steps[-1].code != IN_A_LOOP or not steps[-2].code.endswith(ENTERED):
        return None
    value = trial.outcome.values[-1]
    acts = _acts_of(value, tops)
    if not acts:
        return None
    entry = rng.choice(acts)
    call = arguments.call(entry, trial.program)
    if call is None:
        return None
    setup, text, used = call
    whole = trial.program._replace(steps=steps[:-2]).beside(setup)
    if whole is None:
        return None
    lines = [entry.template.replace("...", text)]
    plain = [one for one in acts if one is not entry and not _asks_for_more(one)]
    if plain and rng.random() < _TWO_ACTS:
        lines.append(rng.choice(plain).template.replace("...", ""))
    body = "".join("\n        %s" % line for line in lines[:-1])
    code = steps[-2].code[: -len(ENTERED)] + body + "\n        return %s" % lines[-1]
    name = fresh("got_" + entry.ident.rpartition(".")[2])
    program = whole.then(Step("", code, "raw")).then(Step(name, IN_A_LOOP))
    return Used(program, entry.ident, entry, used)


def _acts_of(value: Any, tops: Tuple[str, ...]) -> List[Entry]:
    kind = type(value)
    if kind.__module__.split(".")[0] not in tops:
        return []
    found = []
    for name in dir(kind):
        method = getattr(kind, name, None)
        if name.startswith("_") or not inspect.iscoroutinefunction(method):
            continue
        ident = "%s:%s.%s" % (kind.__module__, kind.__qualname__, name)
        template = "await opened.%s(...)" % name
        code, bound = getattr(method, "__code__", None), getattr(value, name)
        found.append(Entry(ident, "function", template, "", code, bound, None, True, 1.0))
    return found


def _asks_for_more(entry: Entry) -> bool:
    try:
        parameters = inspect.signature(entry.func).parameters.values()
    except (TypeError, ValueError):
        return True
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return any(one.default is one.empty and one.kind not in kinds for one in parameters)
