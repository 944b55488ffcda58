"""Groups of entry points that a target loads, and what is installed to plug into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from itc_tui.engines.builtin.map.entry_points import Door
from itc_tui.engines.builtin.map.source_index import SourceIndex

_LOADERS = ("importlib.metadata", "importlib_metadata", "pkg_resources", "stevedore")
_ASKED = re.compile(
    r"\b(?:entry_points|iter_entry_points|select|get)\(\s*(?:group\s*=\s*|name\s*=\s*)?"
    r"(?:['\"](?P<text>[\w.:-]+)['\"]|(?P<name>[A-Za-z_]\w*)\s*[,)])"
    r"|\bentry_points\(\)\[\s*(?:['\"](?P<key>[\w.:-]+)['\"]|(?P<constant>[A-Za-z_]\w*))\s*\]"
    r"|\bnamespace\s*=\s*['\"](?P<space>[\w.:-]+)['\"]"
)
_CONSTANT = r"^{}\b(?:\s*:\s*[\w.\[\]]+)?\s*=\s*['\"]([\w.:-]+)['\"]"
_MOST = 40

Plugged = tuple[str, str, str, str]
"""Group, name, value and distribution of an installed entry point."""


def plugin_doors(index: SourceIndex, installed: tuple[Plugged, ...]) -> Iterator[Door]:
    """The groups themselves, and the plugins of other distributions that would be loaded."""
    seen: dict[str, str] = {}
    for name in index.own_modules:
        if any(one.startswith(_LOADERS) for one, _ in index.modules[name].facts.imports):
            for group in _groups(Path(index.root, index.modules[name].path)):
                seen.setdefault(group, name)
    for group, module in seen.items():
        yield Door("plugin group", group, module)
    own = {package.split(".")[0] for package in index.packages}
    known = [one for one in installed if one[0] in seen and _top(one[2]) not in own]
    for group, name, value, distribution in known[:_MOST]:
        yield Door(
            "installed plugin", f"{group}: {name} of {distribution}", value.replace(":", ".")
        )


def _top(value: str) -> str:
    return re.split(r"[.:]", value)[0]


def _groups(file: Path) -> Iterator[str]:
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for found in _ASKED.finditer(text):
        said = found["text"] or found["key"] or found["space"]
        variable = found["name"] or found["constant"]
        if not said and variable:
            constant = re.search(_CONSTANT.format(re.escape(variable)), text, re.M)
            said = constant[1] if constant else ""
        if said and ("." in said or "_" in said or found["space"]):
            yield said
