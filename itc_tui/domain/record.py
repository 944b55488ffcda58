"""What every record has in common: frozen, and tolerant of what people and other tools write."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict

AnyEnum = TypeVar("AnyEnum", bound=StrEnum)


class Record(BaseModel):
    """A value that never changes; another value is made with `but`."""

    model_config = ConfigDict(
        frozen=True,
        # A field that another tool (or a newer version) wrote is carried along, not dropped.
        extra="allow",
        populate_by_name=True,
        serialize_by_alias=True,
        use_enum_values=False,
    )

    def but(self, **changes: Any) -> Self:
        return self.model_copy(update=changes)


def first_choice(kind: type[AnyEnum], fallback: AnyEnum) -> Callable[[Any], Any]:
    """Read an enum as people write it by hand: "", "a|b|c" and " High " are all meant kindly.

    The specification prints its alternatives as "a|b|c"; such a template means its first one.
    """

    def read(value: Any) -> Any:
        if not isinstance(value, str) or isinstance(value, kind):
            return value
        word = value.split("|", 1)[0].strip().lower()
        if not word:
            return fallback
        return kind(word) if word in {member.value for member in kind} else value

    return read


def optional_choice(kind: type[AnyEnum]) -> Callable[[Any], Any]:
    """The same for a field that may be absent: an empty text means absent."""

    def read(value: Any) -> Any:
        if not isinstance(value, str) or isinstance(value, kind):
            return value
        word = value.split("|", 1)[0].strip().lower()
        if not word:
            return None
        return kind(word) if word in {member.value for member in kind} else value

    return read
