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


def test_json_schemas_are_contracts_in_files_and_in_modules(tmp_path: Path) -> None:
    exploration = explored(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/schemas/order.schema.json": """
                {"type": "object", "required": ["item"],
                 "properties": {"item": {"type": "string"}, "count": {"type": ["integer", "null"]}}}
            """,
            "shop/schemas/broken.schema.json": "{",
            "shop/checks.py": """
                import jsonschema

                MARKED = {"$schema": "https://json-schema.org/schema", "type": "array"}
                SHAPED = {"type": "object", "properties": {"name": {"type": "string"}, "any": {}}}
                CHECKED = {"enum": ["tea", "milk"], "type": "string"}
                OTHER = {"type": "string"}

                def check(order):
                    jsonschema.validate(order, schema=CHECKED)
            """,
        },
    )
    assert exploration.data_contracts == (
        "shop.checks.MARKED (JSON schema): array",
        "shop.checks.SHAPED (JSON schema): name?: string, any?: anything",
        "shop.checks.CHECKED (JSON schema): string",
        "shop/schemas/order.schema.json (JSON schema): item: string, count?: integer or null",
    )
