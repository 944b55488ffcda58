"""What several files need stands in one place, and only in a folder that is ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.exploration import CallSite, IntegrationPoint
from itc_tui.domain.gate.placing import misplaced_in
from itc_tui.domain.plan import Case, Scenario
from itc_tui.domain.pruning import without_idle_support
from itc_tui.domain.requests import Draft, DraftFile
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.drafting import draft_files
from itc_tui.engines.builtin.handed.handing_out import is_of_an_earlier_session
from itc_tui.engines.builtin.handed.record import Handed
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.rehearsal import rehearse
from itc_tui.engines.builtin.stand_ins.clock import clock
from itc_tui.engines.builtin.stand_ins.stand_in import Environment, Outside, StandIn
from itc_tui.engines.builtin.witnesses import Claim, Witness
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

DAYS = """
    import time

    def stamp():
        return int(time.time())

    async def app(scope, receive, send):
        body = str(stamp()).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})
    """
TESTS = "tests/integration"


@pytest.fixture
def target(make_target: MakeTarget) -> Target:
    return make_target(**{"shop/days.py": DAYS, "shop/bills.py": "", "shop/orders.py": ""})


def frozen() -> StandIn:
    site = CallSite(file="shop/days.py", line=5, callee="time.time")
    point = IntegrationPoint(from_module="shop.days", to_module="clock", sites=(site,))
    made = clock(
        Outside("clock", (point,), {"shop/days.py": "import time\n"}), Environment(frozenset())
    )
    assert made is not None
    return made


CLOCK = Witness(
    "1",
    Program(
        ("from shop.days import stamp",),
        (Step("frozen_clock", "frozen_clock", "stand-in"), Step("v_a_1", "stamp()")),
    ),
    "shop.days:stamp",
    ((), (Claim("v_a_1", "1715949045"),)),
)
ASKED = Witness(
    "2",
    Program(
        ("from shop.days import app",),
        (
            Step("frozen_clock", "frozen_clock", "stand-in"),
            Step("response", "asgi_request(app, 'GET', '/')"),
        ),
        ("asgi_request",),
    ),
    "shop.days:app",
    ((), (Claim("response.text", "'1715949045'"),)),
)


def drafted(
    target: Target, *callers: str, witnesses: tuple[Witness, ...] = (CLOCK,)
) -> list[DraftFile]:
    rows = [
        (
            Scenario(id=f"IS-{caller}", boundary=f"{caller} → shop.days"),
            Case(id=f"IS-{caller}-{one.ident}", name=f"case {one.ident}"),
            Prepared(caller + one.ident, "", one, {"summary": "It holds."}),
        )
        for caller in callers
        for one in witnesses
    ]
    return draft_files(rows, target, TESTS, (), [], Handed((), (frozen(),)))


def test_a_stand_in_of_two_files_stands_in_a_conftest_and_works_from_there(
    target: Target, open_box: Callable[[Target], ScratchBox]
) -> None:
    files = drafted(target, "shop.bills", "shop.orders", witnesses=(CLOCK, ASKED))
    shared, *tests = files
    assert shared.path == f"{TESTS}/conftest.py"
    assert shared.text.count("def frozen_clock(") == shared.text.count("def asgi_request(") == 1
    for file in tests:
        assert "def frozen_clock" not in file.text
        assert "asyncio" not in file.text
        assert "def test_case_2(frozen_clock, asgi_request):" in file.text
    assert list(misplaced_in(Draft(files=tuple(files)), TESTS)) == []
    failures, _ = drained(rehearse(open_box(target), files))
    assert failures == {}


def test_what_one_file_needs_stands_in_that_file(target: Target) -> None:
    (file,) = drafted(target, "shop.bills")
    assert "def frozen_clock(" in file.text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (f"{TESTS}/test_mine.py", "def test_it(): pass\n"),
        (f"{TESTS}/conftest.py", ""),
        ("tests/test_mine.py", "from conftest import thing\n"),
    ],
)
def test_a_folder_that_is_not_ours_alone_gets_no_conftest(
    target: Target, path: str, text: str
) -> None:
    there = Path(target.root, path)
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_text(text, encoding="utf-8")
    files = drafted(target, "shop.bills", "shop.orders")
    assert [file.path.rpartition("/")[2] for file in files] == [
        "test_shop_bills_integration.py",
        "test_shop_orders_integration.py",
    ]
    assert all("def frozen_clock(" in file.text for file in files)


def test_a_later_session_takes_up_what_an_earlier_one_shared(target: Target) -> None:
    shared, *_ = drafted(target, "shop.bills", "shop.orders")
    there = Path(target.root, shared.path)
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_text(shared.text, encoding="utf-8")
    assert is_of_an_earlier_session(frozen(), target.but(tests_dir=TESTS))
    (file,) = drafted(target, "shop.bills")
    assert "def frozen_clock(" not in file.text
    assert "def test_case_1(frozen_clock):" in file.text


def test_what_no_case_asks_for_any_more_is_left_out(target: Target) -> None:
    shared, first, second = drafted(target, "shop.bills", "shop.orders", witnesses=(CLOCK, ASKED))
    silent = first.but(text="def test_it():\n    pass\n")
    assert without_idle_support(Draft(files=(shared, silent))).files == (silent,)
    clock_only = second.but(text="def test_it(frozen_clock):\n    pass\n")
    kept, _ = without_idle_support(Draft(files=(shared, clock_only))).files
    assert "def frozen_clock(" in kept.text
    assert "asgi_request" not in kept.text
    assert without_idle_support(Draft(files=(shared, first, second))).files[0] == shared
