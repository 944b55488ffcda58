"""The script that the box runs: makes these files importable without the rest of itc_tui."""

from __future__ import annotations

import os
import sys
import traceback
import types
from typing import Any


def _make_importable() -> None:
    here = os.path.dirname(os.path.abspath(__file__))
    name = ""
    for part in ("itc_tui", "engines", "builtin", "inside"):
        name = name + "." + part if name else part
        package: Any = types.ModuleType(name)
        package.__path__ = [here] if part == "inside" else []
        sys.modules[name] = package
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != here]


def _let_go() -> None:
    """What we loaded goes on without its names: the target may be a package of the same name."""
    for name in [name for name in sys.modules if name.split(".")[0] == "itc_tui"]:
        del sys.modules[name]


if __name__ == "__main__":
    _make_importable()
    import itc_box  # type: ignore[import-not-found]

    from itc_tui.engines.builtin.inside.start import main

    _let_go()
    try:
        main(itc_box.payload, itc_box.root, itc_box.send)
    except Exception:  # standard error leads nowhere by now
        itc_box.send({"broken": traceback.format_exc()[-1500:]})
        raise
