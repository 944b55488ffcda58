"""The same names from where the target shows them, so that all cases import them alike."""

from __future__ import annotations

import re
import sys
from typing import List

from itc_tui.engines.builtin.inside.surface import Surface

_FROM = re.compile(r"from ([\w.]+) import (\w+(?:, \w+)*)")


def best_imports(line: str, surface: Surface) -> List[str]:
    """One statement for each name; a line of another form stays as it is."""
    found = _FROM.fullmatch(line)
    if found is None:
        return [line]
    return [_best_import(found[1], name, surface) for name in found[2].split(", ")]


def _best_import(module: str, name: str, surface: Surface) -> str:
    thing = getattr(sys.modules.get(module), name, None)
    path = surface.paths.get(id(thing)) or (module, name)
    if id(thing) not in surface.paths and _is_of(surface, module):
        # `from shop.store import datetime`: what it only uses itself is imported from its home.
        home = getattr(thing, "__module__", None)
        is_home = isinstance(home, str) and not re.search(r"(^|\.)_", home)
        if is_home and getattr(sys.modules.get(str(home)), name, None) is thing:
            path = (str(home), name)
    return "from %s import %s" % (path if path[1] == name else (module, name))


def _is_of(surface: Surface, module: str) -> bool:
    tops = {one.__name__.split(".")[0] for one in surface.modules}
    return module.split(".")[0] in tops
