"""What a program may use as pytest's `capsys` and `monkeypatch`, where no pytest is running."""

from __future__ import annotations

import importlib
import io
import os
from typing import Any, Callable, List, MutableMapping, NamedTuple


class CaptureResult(NamedTuple):
    """Named as pytest's own, for what is asserted about it is the same."""

    out: str
    err: str


class Printed(io.TextIOWrapper):
    """What is printed, taken as pytest takes it: there are bytes below the text."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="", write_through=True)

    def getvalue(self) -> str:
        """Nothing, where somebody has closed it or taken it apart."""
        try:
            below = self.buffer
            assert isinstance(below, io.BytesIO)
            return below.getvalue().decode("utf-8", "replace")
        except ValueError:
            return ""


class Capsys:
    def __init__(self) -> None:
        self.printed, self.complained = Printed(), Printed()

    def readouterr(self) -> CaptureResult:
        """What was printed since it was asked last."""
        read = CaptureResult(self.printed.getvalue(), self.complained.getvalue())
        for stream in (self.printed, self.complained):
            stream.seek(0)
            stream.truncate()
        return read


class NobodyAnswers(OSError):
    """Under pytest it is another one, which says so in other words."""


class NoInput(io.TextIOBase):
    """Standard input as pytest has it: there is nobody to ask."""

    encoding = "utf-8"

    @property
    def buffer(self) -> "NoInput":
        return self

    def read(self, _size: Any = -1) -> str:
        raise NobodyAnswers("a test cannot read from standard input")

    def readline(self, _size: Any = -1) -> str:  # type: ignore[override]
        return self.read()

    def readlines(self, _hint: Any = -1) -> List[str]:  # type: ignore[override]
        return [self.read()]

    def __next__(self) -> str:  # type: ignore[override]
        return self.read()

    def isatty(self) -> bool:
        return False

    def close(self) -> None:
        """It stays as it is."""


_ABSENT = object()


class Monkeypatch:
    """As much of pytest's as a program needs."""

    def __init__(self) -> None:
        self._back: List[Callable[[], Any]] = []

    def setattr(self, owner: Any, name: Any, value: Any = _ABSENT) -> None:
        if value is _ABSENT:  # `setattr("module.name", value)`
            value, (owner, name) = name, _resolved(owner)
        before = getattr(owner, name)
        self._back.append(lambda: setattr(owner, name, before))
        setattr(owner, name, value)

    def setitem(self, mapping: MutableMapping[Any, Any], key: Any, value: Any) -> None:
        before = mapping.get(key, _ABSENT)
        self._back.append(lambda: _put_back(mapping, key, before))
        mapping[key] = value

    def delitem(self, mapping: MutableMapping[Any, Any], key: Any, raising: bool = True) -> None:
        if key not in mapping and not raising:
            return
        before = mapping.pop(key)
        self._back.append(lambda: _put_back(mapping, key, before))

    def setenv(self, name: str, value: str) -> None:
        self.setitem(os.environ, name, str(value))

    def delenv(self, name: str, raising: bool = True) -> None:
        self.delitem(os.environ, name, raising)

    def chdir(self, path: Any) -> None:
        before = os.getcwd()
        self._back.append(lambda: os.chdir(before))
        os.chdir(path)

    def undo(self) -> None:
        while self._back:
            self._back.pop()()


def _put_back(mapping: MutableMapping[Any, Any], key: Any, value: Any) -> None:
    if value is _ABSENT:
        mapping.pop(key, None)
    else:
        mapping[key] = value


def _resolved(path: str) -> Any:
    module, _, name = path.rpartition(".")
    return importlib.import_module(module), name
