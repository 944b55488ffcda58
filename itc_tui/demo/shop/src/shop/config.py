"""The shop's settings: defaults, then a TOML file, then the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from shop.errors import BadSetting

PREFIX = "SHOP_"
_SWITCHES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True)
class Settings:
    """What can be set; each value has the type of its field, wherever it was read from."""

    supplier_url: str = "http://127.0.0.1:8765"
    currency: str = "EUR"
    vat_percent: Decimal = Decimal("19")
    cache_seconds: int = 300
    low_stock: int = 5
    notify: bool = True


def load_settings(
    path: str | Path | None = None, environ: Mapping[str, str] | None = None
) -> Settings:
    """Read the settings; the environment wins over the file, the file over the defaults.

    Whatever the source, each value is converted to the type that `Settings` declares.

    Args:
        path: A TOML file with a table `[shop]`; none is read without it.
        environ: Variables like `SHOP_LOW_STOCK=3`; those of the process by default.

    Raises:
        BadSetting: an unknown name in the file, or a value of the wrong form.

    >>> Path("shop.toml").write_text("shop.vat_percent = 25")
    21
    >>> load_settings("shop.toml", environ={}).vat_percent
    Decimal('25')
    >>> Path("shop.toml").write_text("shop.low_stock = 'few'")
    22
    >>> load_settings("shop.toml", environ={})
    Traceback (most recent call last):
    shop.errors.BadSetting: low_stock cannot be 'few'
    >>> settings = load_settings(environ={"SHOP_CURRENCY": "SEK", "SHOP_LOW_STOCK": "3"})
    >>> print(settings.currency, settings.low_stock)
    SEK 3
    """
    values: dict[str, Any] = {}
    if path is not None:
        values |= {name: _convert(name, value) for name, value in _read_file(Path(path)).items()}
    values |= _read_environ(os.environ if environ is None else environ)
    return Settings(**values)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("shop", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSetting(f"cannot read {path}: {error}") from error
    if not isinstance(table, dict):
        raise BadSetting(f"{path}: [shop] must be a table")
    return table


def _read_environ(environ: Mapping[str, str]) -> dict[str, str]:
    names = [field.name for field in fields(Settings)]
    return {
        name: environ[PREFIX + name.upper()] for name in names if PREFIX + name.upper() in environ
    }


def _convert(name: str, value: object) -> object:
    kinds = {field.name: field.type for field in fields(Settings)}
    if name not in kinds:
        raise BadSetting(f"there is no setting {name!r}")
    try:
        match kinds[name]:
            case "int":
                return int(str(value))
            case "Decimal":
                return Decimal(str(value))
            case "bool":
                return _SWITCHES[str(value).lower()]
            case _:
                return str(value)
    except (KeyError, ValueError, InvalidOperation):
        raise BadSetting(f"{name} cannot be {value!r}") from None
