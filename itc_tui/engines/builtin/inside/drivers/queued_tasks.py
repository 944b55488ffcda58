"""Tasks of a queue, run at once and in this process as their library allows it."""

from __future__ import annotations

import inspect
from typing import Any, Iterator, Tuple

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.drivers.door import Door, Made, Scripts, import_of
from itc_tui.engines.builtin.inside.modules import held_in
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.surface import Entry, Surface

_LIBRARIES = {
    "celery": ("run", "{0}.apply(args=[{1}])"),
    "dramatiq": ("fn", "{0}({1})"),
    "huey": ("func", "{0}.call_local({1})"),
}


def doors(surface: Surface, _scripts: Scripts) -> Iterator[Door]:
    seen = set()
    for module in surface.modules:
        for thing in held_in(module).values():
            behind, template = _task_of(thing)
            home = str(getattr(behind, "__module__", ""))
            if not template or id(thing) in seen or home.split(".")[0] not in surface.tops:
                continue
            seen.add(id(thing))
            path = import_of(thing, surface, home)
            if path is not None:
                running = _Running(behind, template, *path)
                yield Door("task " + path[1], behind, running.compose)


class _Running:
    def __init__(self, behind: Any, template: str, imports: str, name: str) -> None:
        ident = "%s:%s" % (behind.__module__, behind.__qualname__)
        self._entry = Entry(ident, "function", "", imports, None, behind, None, False, 1.0)
        self._template, self._imports, self._name = template, imports, name

    def compose(self, maker: Arguments) -> Made:
        call = maker.call(self._entry)
        if call is None:
            return None
        program, text, used = call
        if "args=[" in self._template and _has_keywords(text):
            return None  # `apply` takes a list of positions
        whole = Program((self._imports,)).beside(program)
        if whole is None:
            return None
        return whole.then(Step(fresh("result"), self._template.format(self._name, text))), used


def _task_of(thing: Any) -> Tuple[Any, str]:
    try:
        kinds = type(thing).__mro__
        if inspect.isclass(thing) or not callable(thing):
            return None, ""
        for library, (attribute, template) in _LIBRARIES.items():
            if any(owner.__module__.split(".")[0] == library for owner in kinds):
                behind = getattr(thing, attribute, None)
                if inspect.isroutine(behind):
                    return getattr(behind, "__func__", behind), template
    except Exception:  # a proxy without anything behind it
        return None, ""
    return None, ""


def _has_keywords(text: str) -> bool:
    try:
        return bool(compile("f(%s)" % text, "", "eval", 0x400).body.keywords)  # type: ignore[attr-defined]
    except SyntaxError:
        return True
