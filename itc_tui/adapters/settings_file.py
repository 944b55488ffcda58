"""The person's settings file: one value set or taken out, and every other byte as they wrote it."""

from __future__ import annotations

import tomllib
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from itc_tui.adapters.durable_files import why, write_durably
from itc_tui.domain.trouble import Trouble

KEYS = "keys"


def put_setting(file: Path, name: str, value: Any | None) -> None:
    """`keys.COMMAND` is the key of a command; None takes the value out.

    Read anew each time, so that what the person wrote meanwhile stays; a file that cannot be read
    as TOML is left as it is.
    """
    # A file kept elsewhere and linked to, as people do with such files, stays a link.
    file = file.resolve()
    before = _read(file)
    is_dos = "\r\n" in before
    text = _changed(file, before.replace("\r\n", "\n"), name, value)
    after = text.replace("\n", "\r\n") if is_dos else text
    if after == before:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_durably(file, after.encode())
    except OSError as problem:
        raise Trouble(
            f"{file} cannot be written ({why(problem)}); the setting is not saved."
        ) from problem


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as problem:
        raise _damaged(file, "it is not UTF-8") from problem
    except OSError as problem:
        raise _damaged(file, why(problem)) from problem


def _changed(file: Path, text: str, name: str, value: Any | None) -> str:
    try:
        # The reader of the program decides what is TOML; the writer has only to agree.
        tomllib.loads(text)
        document = tomlkit.parse(text)
    except (tomllib.TOMLDecodeError, TOMLKitError) as problem:
        raise _damaged(file, str(problem)) from problem
    command = name.removeprefix(f"{KEYS}.")
    if command == name:
        _put(document, name, value)
    else:
        if not isinstance(document.setdefault(KEYS, tomlkit.table()), MutableMapping):
            raise _damaged(file, f"“{KEYS}” is not a table")
        _put(*_spot(document[KEYS], command), value)
        if not document[KEYS]:
            document.remove(KEYS)
    written = document.as_string()
    if _value_in(written, name) != value:
        raise _damaged(file, f"“{name}” cannot be set in it")
    return written


def _put(table: MutableMapping[str, Any], name: str, value: Any | None) -> None:
    if value is not None:
        table[name] = value
    elif name in table:
        del table[name]


def _spot(keys: MutableMapping[str, Any], command: str) -> tuple[MutableMapping[str, Any], str]:
    """Where the key of that command stands, `"pane.deed"` or `[keys.pane] deed`, or may stand."""
    pane, _, deed = command.partition(".")
    inner = keys.get(pane)
    if command not in keys and isinstance(inner, MutableMapping) and deed in inner:
        return inner, deed
    return keys, command


def _value_in(text: str, name: str) -> Any | None:
    found: Any = tomllib.loads(text)
    command = name.removeprefix(f"{KEYS}.")
    if command == name:
        return found.get(name)
    keys, deed = _spot(found.get(KEYS, {}), command)
    return keys.get(deed)


def _damaged(file: Path, reason: str) -> Trouble:
    return Trouble(f"{file} is not changed: {reason}. Mend it by hand, then set this again.")
