"""What is elsewhere where the test will run: the box's copy of the target, its home, its files."""

from __future__ import annotations

import os
import sysconfig
import tempfile
from typing import List

_HERE: List[str] = []
_OPEN_FILE = "<_io."
"""How a file that is open shows itself. pytest puts others in place of the standard ones."""
_HOMES = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_DATA_HOME": os.path.join(".local", "share"),
}


def keep_in_mind(root: str) -> None:
    found = [root, os.path.realpath(root), os.path.expanduser("~"), *_ours(), *_of_python()]
    _HERE[:] = [place for place in dict.fromkeys(found) if len(place) > 1]


def _ours() -> List[str]:
    """Whoever asks for its callers finds us at the bottom of the stack."""
    place = os.path.abspath(__file__)
    for _ in "inside", "builtin", "engines", "itc_tui":
        place = os.path.dirname(place)
    return [place]


def _of_python() -> List[str]:
    """The interpreter of this machine, and what is installed there."""
    paths = sysconfig.get_paths()
    return [os.path.dirname(os.__file__), paths["stdlib"], paths["purelib"], paths["platlib"]]


def names_a_place(text: str) -> bool:
    """It says where something lies in the box, which is nowhere for whoever runs the test."""
    return _OPEN_FILE in text or any(place in text for place in _HERE)


def move_home() -> None:
    """To another one, whose name is longer too: what depends on it is not the same then."""
    home = tempfile.mkdtemp(prefix="another-home-", dir=os.path.expanduser("~"))
    for name, place in _HOMES.items():
        if name in os.environ:
            os.environ[name] = os.path.join(home, place) if place else home
