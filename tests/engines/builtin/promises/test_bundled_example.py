"""The two faults planted in the bundled example are promises that it breaks, and the only ones."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from itc_tui.demo.scratch import make_example
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.gather import gather
from tests.engines.builtin.promises.court_room import CourtRoom, kept, red

ENVIRONMENT = "Settings from load_settings keeps low_stock an int"
STORE = [
    "Store.add and get keep the lines of an Order",
    "Store.save_product and product keep the price of a Product",
]
MENDED_CONFIG = """\
    texts = _read_environ(os.environ if environ is None else environ)
    values |= {name: _convert(name, text) for name, text in texts.items()}
"""


def reds(court: CourtRoom, example: Path) -> list[str]:
    target = Target(
        root=str(example), python=sys.executable, source_roots=("src",), packages=("shop",)
    )
    court.repository(example, "src", "shop")
    for shown in gather(target).examples:
        court.ran(shown.program, shown=True)
    verdicts = court.verdicts()
    assert len(kept(verdicts)) >= 5
    return sorted(red(verdicts))


def test_its_own_documents_are_enough_to_find_both(court: CourtRoom, tmp_path: Path) -> None:
    example = make_example(tmp_path / "shop")
    assert reds(court, example) == sorted([ENVIRONMENT, *STORE])


@pytest.mark.parametrize(
    ("file", "wrong", "right", "left"),
    [
        ("store.py", "UNITS = 100\n", "UNITS = 10_000\n", [ENVIRONMENT]),
        (
            "config.py",
            "    values |= _read_environ(os.environ if environ is None else environ)\n",
            MENDED_CONFIG,
            STORE,
        ),
    ],
)
def test_mending_one_leaves_the_other(
    court: CourtRoom, tmp_path: Path, file: str, wrong: str, right: str, left: list[str]
) -> None:
    example = make_example(tmp_path / "shop")
    path = example / "src" / "shop" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(wrong) == 1
    path.write_text(text.replace(wrong, right), encoding="utf-8")
    assert reds(court, example) == left
