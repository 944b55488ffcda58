"""Code that asks the clock is tested under one that stands still."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.handed.handing_out import hand_out
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.laboratory import Laboratory
from tests.draining import drained
from tests.engines.builtin.bench import STAND_IN, Bench, explored
from tests.engines.builtin.small_targets import MakeTarget

BenchOf = Callable[..., Bench]
CLOCK = Step("frozen_clock", "frozen_clock", STAND_IN)
BY_MODULE = """
    import datetime as dt
    import time

    def stamp(name):
        return "%s at %s" % (name, dt.datetime.now().strftime("%H:%M on %d.%m.%Y"))

    def in_zone(hours):
        return dt.datetime.now(dt.timezone(dt.timedelta(hours=hours))).hour

    def is_moment(thing):
        return isinstance(thing, dt.datetime)

    def age(since):
        return int(time.time()) - since, time.localtime().tm_year
    """
BY_NAME = """
    from datetime import date, datetime, timedelta

    def due(days):
        return date.today() + timedelta(days=days)

    def first():
        return datetime(2020, 1, 2) < datetime.now(), datetime.today()
    """


def test_the_modules_own_name_for_the_clock_is_given_another_meaning(bench_of: BenchOf) -> None:
    text = bench_of(BY_MODULE).text_of(
        "from shop.outer import age, in_zone, is_moment, stamp",
        "import datetime",
        steps=[
            CLOCK,
            Step("v_a_1", "stamp('tea')"),
            Step("v_b_1", "in_zone(5)"),
            Step("v_c_1", "is_moment(datetime.datetime(2020, 1, 1))"),
            Step("v_d_1", "age(1)"),
        ],
    )
    assert 'monkeypatch.setattr("shop.outer.dt", frozen_datetime)' in text
    assert 'monkeypatch.setattr("shop.outer.time", frozen_time)' in text
    assert 'assert stamp("tea") == "tea at 12:30 on 17.05.2024"' in text
    assert "assert in_zone(5) == 17" in text
    assert "assert is_moment(datetime.datetime(2020, 1, 1)) is True" in text
    assert "assert age(1) == (1715949044, 2024)" in text


def test_a_module_whose_name_its_package_gives_to_something_else_is_reached_too(
    bench_of: BenchOf,
) -> None:
    """`shop.outer` is a function: no dotted path leads to the module."""
    text = "import time\n\ndef outer(since):\n    return int(time.time()) - since\n"
    drafted = bench_of(text, package="from .outer import outer\n").text_of(
        "from shop import outer", steps=[CLOCK, Step("v_a_1", "outer(1)")]
    )
    assert 'setattr(importlib.import_module("shop.outer"), "time", frozen_time)' in drafted
    assert "assert outer(1) == 1715949044" in drafted


@pytest.mark.slow
def test_a_module_that_cannot_be_imported_takes_no_stand_in_from_the_others(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox]
) -> None:
    console = "import time\nassert False, 'of another system'\nLOG = []\n"
    console += "def pressed():\n    LOG.append(time.time())\n"
    keeping = "LOG = []\ndef log(word):\n    LOG.append(word)\n"
    target = make_target(
        **{"shop/outer.py": BY_MODULE, "shop/console.py": console, "shop/kept.py": keeping}
    )
    box = open_box(target)
    failing, noted = drained(Laboratory(target, box).find_what_fails())
    assert set(failing) == {"shop.console"}
    assert [event.event for event in noted] == ["noted"]
    (handed, _), _ = drained(hand_out(target, explored(target), box, failing))
    sources = {one.name: one.source for one in handed.stand_ins}
    assert sources.keys() == {"frozen_clock", "kept_state"}
    assert "shop.outer" in sources["frozen_clock"]
    assert "shop.kept" in sources["kept_state"]
    assert "shop.console" not in "".join(sources.values())


def test_names_that_were_imported_from_datetime_are_replaced_one_by_one(bench_of: BenchOf) -> None:
    text = bench_of(BY_NAME).text_of(
        "from shop.outer import due, first",
        steps=[CLOCK, Step("v_a_1", "due(3)"), Step("v_b_1", "first()")],
    )
    assert 'monkeypatch.setattr("shop.outer.date", FrozenDate)' in text
    assert "assert due(3) == datetime.date(2024, 5, 20)" in text
    assert "(True, datetime.datetime(2024, 5, 17, 12, 30, 45))" in text
    assert "frozen_time" not in text


def test_the_search_hands_it_to_every_call_that_asks_the_clock(bench_of: BenchOf) -> None:
    bench = bench_of(BY_NAME)
    rows, _ = drained(bench.laboratory.search(gather(bench.target), (), 2))
    for row in rows:
        asks = row["focus"] in ("shop.outer:due", "shop.outer:first")
        given = [step[0] for step in row["program"]["steps"] if step[2] == STAND_IN]
        assert given == (["frozen_clock"] if asks else []), row


@pytest.mark.parametrize("library", ["freezegun", "time-machine"])
def test_a_library_of_the_target_for_it_is_used_where_there_is_one(
    bench_of: BenchOf, library: str
) -> None:
    (stand_in,) = bench_of(BY_NAME, installed=(library,)).handed.stand_ins
    assert library in stand_in.reason
    assert stand_in.better == ""
    assert library.replace("-", "_") in stand_in.source


def test_without_one_the_plan_says_what_would_be_better(bench_of: BenchOf) -> None:
    (stand_in,) = bench_of(BY_NAME).handed.stand_ins
    assert "time-machine or freezegun" in stand_in.better


def test_only_what_is_asked_of_the_clock_is_answered(bench_of: BenchOf) -> None:
    text = """
        import datetime
        import time

        def lasted(work):
            started = time.monotonic()
            work()
            return time.monotonic() - started

        def day():
            return datetime.date.today()
        """
    (stand_in,) = bench_of(text).handed.stand_ins
    assert "frozen_time" not in stand_in.source
    assert "FrozenDatetime" not in stand_in.source
    assert [line for _, line in stand_in.sites] == [11]


def test_a_stop_watch_alone_needs_no_stand_in(bench_of: BenchOf) -> None:
    text = "import time\n\ndef now():\n    return time.monotonic()\n"
    assert bench_of(text).handed.stand_ins == ()
    assert bench_of(text, installed=("freezegun",)).handed.stand_ins == ()


def test_a_clock_that_is_only_asked_for_inside_a_function_is_left_alone(bench_of: BenchOf) -> None:
    text = """
        def today():
            from datetime import date
            return date.today()
        """
    assert bench_of(text).handed.stand_ins == ()


def test_a_case_that_means_something_else_by_datetime_imports_it_for_itself(
    bench_of: BenchOf,
) -> None:
    text = bench_of(BY_NAME).text_of(
        "from shop.outer import due",
        "from datetime import datetime",
        steps=[CLOCK, Step("v_a_1", "(due(3).day, datetime(2020, 1, 1).year)")],
    )
    head, _, case = text.partition("def test_it_works(frozen_clock):")
    assert "import datetime\n" in head
    assert "from datetime import datetime" not in head
    assert "    from datetime import datetime" in case
