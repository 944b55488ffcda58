"""A bench for one small shop that reaches outside."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.target import Target
from tests.engines.builtin.bench import Bench
from tests.engines.builtin.small_targets import MakeTarget, laboratory_of, make_target, open_box

__all__ = ["laboratory_of", "make_target", "open_box"]


@pytest.fixture
def bench_of(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox]
) -> Callable[..., Bench]:
    """`bench_of("import time …", installed=("responses",))`: the text is `shop/outer.py`."""

    def bench(text: str, installed: tuple[str, ...] = (), package: str = "") -> Bench:
        target = make_target(
            **{"shop/__init__.py": package, "shop/outer.py": text, "shop/plain.py": "LIMIT = 3\n"}
        )
        return Bench(target.but(installed=installed), open_box(target))

    return bench
