"""Docstrings tell types where annotations are missing, in four styles of writing them."""

from __future__ import annotations

import typing
from typing import Any

import pytest

from itc_tui.engines.builtin.inside.doc_types import doc_types


class Order: ...


def told(text: str) -> dict[str, Any]:
    def function(it: Any, other: Any) -> None: ...

    function.__doc__ = text
    return doc_types(function)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (":param str it: The name.", str),
        (":type it: str or None", str | None),
        ("Args:\n    it (int, optional): How many.", int),
        ("Args:\n    it (list of str): Names.", typing.List[str]),  # noqa: UP006
        ("Args:\n    it (Union[str, dict]): What it is.", str | dict),
        ("Parameters\n----------\nit : dict, default {}\n    Rates.", dict),
        ("Args:\n    it (`Order`): The order.", Order),
        ("Args:\n    it (callable): Called.", typing.Callable),
        ("Args:\n    it (some wild thing): Who knows.", None),
        ("Args:\n    it (str or a wild thing): Who knows.", None),
        ("Note: it (see above) is int: no.", None),
    ],
)
def test_types_are_read(text: str, kind: Any) -> None:
    assert told(text).get("it") == kind


def test_a_class_is_described_by_itself_or_by_its_constructor() -> None:
    class Shelf:
        """A shelf.

        Args:
            width (float): In metres.
        """

        def __init__(self, width: Any, labels: Any) -> None:
            """:type labels: list"""

    assert doc_types(Shelf) == {"labels": list, "width": float}
