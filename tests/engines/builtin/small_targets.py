"""Small packages, written for one test each, and a box to run them in."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.laboratory import Laboratory

MakeTarget = Callable[..., Target]


@pytest.fixture
def make_target(tmp_path: Path) -> MakeTarget:
    """`make_target(**{"shop/orders.py": "…"})`; every folder with sources becomes a package."""

    def make(**files: str) -> Target:
        root = tmp_path / "repo"
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        packages = sorted({name.split("/")[0] for name in files if name.count("/")})
        for package in packages:
            (root / package / "__init__.py").touch()
        return Target(root=str(root), python=sys.executable, packages=tuple(packages))

    return make


@pytest.fixture
def open_box() -> Iterator[Callable[[Target], ScratchBox]]:
    with ExitStack() as stack:
        yield lambda target: stack.enter_context(ScratchBox(target))


@pytest.fixture
def laboratory_of(
    open_box: Callable[[Target], ScratchBox],
) -> Callable[[Target], Laboratory]:
    return lambda target: Laboratory(target, open_box(target))
