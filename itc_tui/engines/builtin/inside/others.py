"""Folders that hold other people's code, wherever they stand: none of it is looked at."""

from __future__ import annotations

NOT_OURS = frozenset(
    {
        *("__pycache__", "node_modules", "site-packages", "dist-packages", "__pypackages__"),
        *("_vendor", "_vendored", "vendor", "vendored", "third_party", "thirdparty"),
        *("extern", "_extern"),
    }
)


def is_others(path: str) -> bool:
    """`path`: below the source root, with forward slashes."""
    return not NOT_OURS.isdisjoint(path.split("/")[:-1])
