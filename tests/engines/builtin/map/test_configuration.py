"""What decides from outside how a target behaves is listed with the place that reads it."""

from __future__ import annotations

from pathlib import Path

from tests.engines.builtin.map.shops import explored


def test_variables_settings_and_files_are_listed(tmp_path: Path) -> None:
    exploration = explored(
        tmp_path,
        {
            ".env": "",
            "shop/__init__.py": "",
            "shop/config.py": """
                import os
                from pathlib import Path
                from pydantic_settings import BaseSettings

                class Settings(BaseSettings):
                    debug: bool = False

                def load(key):
                    open("shop.toml")
                    return os.environ["SHOP_DB"], os.getenv("SHOP_MODE", "x"), os.environ[key]
            """,
        },
    )
    assert exploration.configuration == (
        "variable SHOP_DB (shop/config.py:11)",
        "variable SHOP_MODE (shop/config.py:11)",
        "settings shop.config.Settings: debug: bool = False",
        "file shop.toml (shop/config.py:10)",
        "file .env",
    )


def test_data_contracts_are_listed_with_what_they_hold(tmp_path: Path) -> None:
    exploration = explored(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/shapes.py": """
                import enum
                from dataclasses import dataclass
                from typing import Protocol

                @dataclass
                class Order:
                    item: str
                    count: int = 1
                class Colour(enum.Enum):
                    RED = 1
                    BLUE = 2
                class Saves(Protocol):
                    def save(self, row: int) -> None: ...
                class Plain: ...
            """,
        },
    )
    assert exploration.data_contracts == (
        "shop.shapes.Order (dataclass): item: str, count: int = 1",
        "shop.shapes.Colour (enum): RED, BLUE",
        "shop.shapes.Saves (protocol): save(self, row: int) -> None",
    )
