"""What an annotation says is known, whatever another one of the same function says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from itc_tui.engines.builtin.inside.parameters import Parameters
from itc_tui.engines.builtin.inside.surface import read_surface

LATE = """
from __future__ import annotations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checked_only import Nowhere
    from late_kinds import Order

class Late:
    def placed(self, order: Order, count: int, other: Nowhere, rest: "list[Order]") -> Nowhere:
        return count
"""


def test_a_name_that_only_a_checker_knows_costs_no_other_parameter_its_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "late_kinds.py").write_text("class Order:\n    pass\n", encoding="utf-8")
    (tmp_path / "late_uses.py").write_text(LATE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    surface = read_surface(["late_kinds", "late_uses"])
    order = sys.modules["late_kinds"].Order
    known = Parameters(surface, {})
    (placed,) = (entry for entry in surface.callables if entry.ident == "late_uses:Late.placed")
    types = {param.name: param.annotation for param in known.of(placed)}
    for name in ("late_kinds", "late_uses"):
        monkeypatch.delitem(sys.modules, name)
    assert types == {"order": order, "count": int, "other": "Nowhere", "rest": "list[Order]"}
