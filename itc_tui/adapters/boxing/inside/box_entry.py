"""The target's interpreter begins here in the box: the import path is set right, the script runs.

Lives in somebody else's interpreter: standard library only, Python 3.8 and up. The script finds
`itc_box` ready to import: `send(dict)`, `payload`, `root`, `arguments`.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import threading
import types
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

SETTINGS = "ITC_BOX"
GUARD = "ITC_BOX_GUARD"
OURS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))


class ScratchFirst:
    """Finds the target's own packages in the scratch copy, whatever an editable install says."""

    def __init__(self, roots: list[str], names: list[str]) -> None:
        self.roots, self.names = roots, frozenset(names)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if path is not None or name not in self.names:
            return None
        spec = PathFinder.find_spec(name, self.roots)
        return spec if spec is not None and spec.loader is not None else None


def is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def is_theirs(path: str, person: str) -> bool:
    """In the person's tree, but not in an environment that lies there."""
    path = os.path.realpath(path)
    installed = any(name in path.split(os.sep) for name in ("site-packages", "dist-packages"))
    prefixes = (os.path.realpath(sys.prefix), os.path.realpath(sys.base_prefix))
    if installed or any(p != person and is_inside(path, p) for p in prefixes):
        return False
    return is_inside(path, person)


def set_import_path(settings: dict[str, Any]) -> None:
    person, tree, roots = settings["person"], settings["tree"], settings["roots"]
    kept = []
    for entry in sys.path:
        if entry and is_theirs(entry, person):
            entry = os.path.join(tree, os.path.relpath(os.path.realpath(entry), person))
        kept.append(entry)
    sys.path[:] = list(roots) + [entry for entry in kept if entry not in roots]
    sys.meta_path.insert(0, ScratchFirst(roots, settings["names"]))


def strays(person: str) -> list[str]:
    found = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if not isinstance(file, str) or is_inside(file, OURS):
            continue
        if is_theirs(file, person):
            found.append(name)
    return sorted(found)


def make_link(settings: dict[str, Any], arguments: list[str]) -> Any:
    """The module `itc_box`; its pipe is not handed on to programs that the code starts."""
    pipe = settings["pipe"]
    os.set_inheritable(pipe, False)
    lock = threading.Lock()

    def send(message: Any) -> None:
        rest = json.dumps(message, ensure_ascii=True, default=repr).encode("ascii") + b"\n"
        with lock:
            while rest:
                rest = rest[os.write(pipe, rest) :]

    link: Any = types.ModuleType("itc_box")
    link.send = send
    link.root = settings["tree"]
    link.roots = settings["roots"]
    link.pipe = pipe
    link.arguments = arguments
    with open(settings["payload"], encoding="utf-8") as file:
        link.payload = json.load(file)
    sys.modules["itc_box"] = link
    return link


def main() -> None:
    here = os.path.dirname(os.path.abspath(__file__))
    settings = json.loads(os.environ.pop(SETTINGS))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != here]
    guarded = [name for name in os.environ.get(GUARD, "").split(",") if name]
    if guarded:
        guard = runpy.run_path(os.path.join(here, "guard", "sitecustomize.py"))
        guard["install"]()
    if settings.get("clock_ahead_s"):
        clock = runpy.run_path(os.path.join(here, "clock_ahead.py"))
        clock["set_ahead"](settings["clock_ahead_s"])
    set_import_path(settings)
    script = sys.argv[1]
    link = make_link(settings, sys.argv[2:])
    sys.argv[:] = sys.argv[1:]
    sys.path.append(os.path.dirname(script))
    main_module = types.ModuleType("__main__")
    main_module.__file__ = script
    sys.modules["__main__"] = main_module
    try:
        with open(script, "rb") as file:
            code = compile(file.read(), script, "exec")
        exec(code, main_module.__dict__)
    finally:
        found = strays(settings["person"])
        if found:
            link.send({"__itc__": "strays", "modules": found[:50]})
        sys.stdout.flush()


if __name__ == "__main__":
    main()
