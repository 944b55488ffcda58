"""Where only a protocol is asked for, an object is handed over that keeps what it is told."""

from __future__ import annotations

import logging
import random
from typing import Any, Protocol

import pytest

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.pool import Held, Pool
from itc_tui.engines.builtin.inside.programs import Program, run
from itc_tui.engines.builtin.inside.surface import Surface
from itc_tui.engines.builtin.inside.texts import Words


class Logs(Protocol):
    def log(self, level: int, message: str) -> None: ...


class Sends(Logs, Protocol):
    host: str

    @property
    def port(self) -> int: ...

    def send(self, text: str) -> None: ...

    def _private(self) -> None: ...


class Prices(Protocol):
    def __call__(self, article: str, count: int) -> int: ...


class Real:
    def log(self, level: int, message: str) -> None: ...


def arguments() -> Arguments:
    rng = random.Random(3)
    return Arguments(Surface(), Pool(rng), Words({}, [], {}, rng), {}, rng)


def handed(kind: Any) -> Any:
    made = arguments().of_type(kind, "shop")
    assert made is not None
    outcome = run(made.program, {})
    assert outcome.failure is None
    return eval(made.code, outcome.space), outcome.space


def test_what_is_said_to_it_can_be_asserted() -> None:
    logs, space = handed(Logs)
    logs.log(30, "tea", exc_info=True)
    assert [value for name, value in space.items() if name.startswith("v_said")] == [[(30, "tea")]]


def test_it_has_what_all_protocols_that_it_is_made_of_ask_for() -> None:
    sends, _ = handed(Sends)
    assert isinstance(sends.host, str)
    assert isinstance(sends.port, int)
    sends.send("tea")
    sends.log(1, "tea")
    assert not hasattr(sends, "_private")


def test_a_protocol_of_a_call_is_a_function_of_as_many_parameters() -> None:
    prices, _ = handed(Prices)
    assert prices("tea", count=2) == "tea"


def test_what_the_target_has_of_its_own_is_handed_over_as_well() -> None:
    made = arguments()
    made.pool.add(Real, Held(Program(), "v_real_1"))
    codes = {arg.code for _ in range(40) if (arg := made.of_type(Logs, "shop")) is not None}
    assert "v_real_1" in codes
    assert len(codes) > 1


@pytest.mark.parametrize("kind", [logging.Logger, random.Random])
def test_classes_of_pythons_own_are_made_as_people_make_them(kind: type) -> None:
    assert isinstance(handed(kind)[0], kind)
