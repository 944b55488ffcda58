"""Of what an error says, the part that is the target's own: another package changes its words."""

from __future__ import annotations

import builtins
import sys
from typing import Any, Iterator

from itc_tui.engines.builtin.inside.tracing import Tracer

_FEWEST_LETTERS = 4
_OPENING = " [({'\"`:,"


def own_words(error: BaseException, tracer: Tracer) -> str:
    """Up to where it passes on what some other package said."""
    message = _words_of(error)
    end = len(message)
    for link in _behind(error):
        if not _is_foreign(type(link), tracer):
            continue
        for text in [str(link), *_texts(link.args)]:
            place = message.find(text) if len(text) >= _FEWEST_LETTERS else -1
            end = min(end, place) if place >= 0 else end
    if end == len(message):
        return message
    own = message[:end].rstrip(_OPENING)
    # A colon that leads to foreign words belongs to what is said before them.
    return own + ":" if message[len(own) :].startswith(":") and own else own


def _words_of(error: BaseException) -> str:
    """As pytest takes them: of a group without the count of what is in it."""
    try:
        message = str(error)
        is_group = isinstance(error, getattr(builtins, "BaseExceptionGroup", ()))
        return str(getattr(error, "message", message)) if is_group else message
    except Exception:
        return ""


def _behind(error: BaseException) -> Iterator[BaseException]:
    seen = {id(error)}
    link = error.__cause__ or error.__context__
    while link is not None and id(link) not in seen:
        yield link
        seen.add(id(link))
        link = link.__cause__ or link.__context__


def _is_foreign(kind: type, tracer: Tracer) -> bool:
    top = kind.__module__.split(".")[0]
    if top in {*getattr(sys, "stdlib_module_names", ()), "builtins", "__main__"}:
        return False
    file = getattr(sys.modules.get(kind.__module__), "__file__", None) or ""
    return tracer.relative(file) is None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)
