"""Settings are read as pydantic reads records, in the same words, without waiting for it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from itc_tui.domain.fitting import Bounds, Misfit, choices_of, fitted

LANGUAGES = Literal["", "en", "zh"]
KINDS: tuple[tuple[Any, Any], ...] = (
    (Annotated[int, Bounds(least=1, most=1000)], Annotated[int, Field(ge=1, le=1000)]),
    (Annotated[int, Bounds(least=0)], Annotated[int, Field(ge=0)]),
    (Annotated[float, Bounds(above=0)], Annotated[float, Field(gt=0, allow_inf_nan=False)]),
    (Annotated[float, Bounds(least=0)], Annotated[float, Field(ge=0, allow_inf_nan=False)]),
    (bool, bool),
    (str, str),
    (LANGUAGES, LANGUAGES),
    (Literal["current", "session"], Literal["current", "session"]),
    (dict[str, str], dict[str, str]),
)
VALUES: tuple[object, ...] = (
    *(0, 1, 2, 5, -1, 1000, 1001, 0.0, 1.0, 1.5, -0.5, 5.0, float("inf"), float("nan"), 1e3),
    *("", "0", "1", " 12 ", "1_000", "+5", "-0", "1.0", "1.00", "1.5", "12.", "1e3", "0x1", "1__0"),
    *(" true ", "TRUE", "yes", "On", "t", "N", "x", "inf", "nan", "_1", "1_", "１２", "en", "fr"),
    *("session", True, False, None, [], {}, {"a": "b"}, {"a": "b", "c": 1}, ["en"]),
)


@pytest.mark.parametrize(("kind", "records"), KINDS)
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_it_takes_and_refuses_what_pydantic_does(kind: Any, records: Any, value: object) -> None:
    try:
        expected = TypeAdapter(records).validate_python(value)
    except ValidationError as refusal:
        told = refusal.errors()[0]
        with pytest.raises(Misfit) as caught:
            fitted(kind, value)
        misfit = caught.value
        assert (misfit.kind, str(misfit)) == (told["type"], told["msg"])
        assert misfit.part == ".".join(map(str, told["loc"]))
        bound = next(iter(told.get("ctx", {}).values()), "")
        assert misfit.bound == (bound if isinstance(bound, str) else f"{bound:g}")
    else:
        found = fitted(kind, value)
        assert (type(found), found) == (type(expected), expected)


def test_a_short_list_of_choices_can_be_offered() -> None:
    assert choices_of(LANGUAGES) == ("", "en", "zh")
    assert choices_of(bool) == (True, False)
    assert choices_of(str) == ()
