"""What a module offers is its boundary only where no call joins it to another."""

from __future__ import annotations

from pathlib import Path

from itc_tui.domain.exploration import CALLERS
from itc_tui.engines.builtin.inside.tracing import FROM_OUTSIDE
from tests.engines.builtin.map.shops import explored

PRICES = """
    from shop.words import CURRENCY
    class PriceError(ValueError): ...
    class Price:
        def __init__(self, amount: int): self.amount = amount
        def doubled(self) -> "Price": return Price(self.amount * 2)
    def priced(text: str) -> Price: return Price(_number(text))
    def _number(text): return int(text)
"""


def test_a_module_that_stands_alone_has_its_boundary_with_those_who_call_it(tmp_path: Path) -> None:
    found = explored(tmp_path, {"prices.py": PRICES.replace("from shop.words import CURRENCY", "")})
    [point] = found.integration_points
    assert (point.name, point.is_face, point.is_outer) == ("callers → prices", True, False)
    assert [site.callee for site in point.sites] == [
        "prices.PriceError",
        "prices.Price",
        "prices.priced",
    ]
    assert "priced(text: str) -> Price" in point.contract
    assert found.has_faces
    assert "prices stands alone, with no call between modules to integrate" in found.assumptions[1]


def test_a_package_that_only_names_what_a_module_of_it_does_has_that_modules_face(
    tmp_path: Path,
) -> None:
    found = explored(
        tmp_path,
        {
            "shop/__init__.py": "from shop.prices import Price, priced\n",
            "shop/words.py": "CURRENCY = 'EUR'\n",
            "shop/prices.py": PRICES,
        },
    )
    faces = [point.name for point in found.integration_points if point.is_face]
    assert faces == ["callers → shop.prices"]


def test_one_call_between_modules_is_boundary_enough(tmp_path: Path) -> None:
    found = explored(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/prices.py": PRICES,
            "shop/words.py": "CURRENCY = 'EUR'\n",
            "shop/bill.py": """
                from shop.prices import priced
                def bill(text): return priced(text).amount
            """,
        },
    )
    assert not found.has_faces
    assert not any("stands alone" in text for text in found.assumptions)


def test_the_map_and_what_is_seen_in_the_box_mean_the_same_callers() -> None:
    assert FROM_OUTSIDE[0] == CALLERS
