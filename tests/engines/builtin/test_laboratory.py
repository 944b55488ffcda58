"""Search and observation survive what unknown packages do, and see what they show."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import pytest

from itc_tui.domain.events import Progressed
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.breath import Breath
from itc_tui.engines.builtin.evidence.gather import Shown, gather
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.ports import BoxOrder, BoxReport
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

LaboratoryOf = Callable[[Target], Laboratory]


def searched(laboratory: Laboratory, target: Target, seconds: float = 2) -> list[dict[str, Any]]:
    found, _ = drained(laboratory.search(gather(target), (), seconds))
    assert laboratory.trouble == ""
    return found


def focuses(rows: list[dict[str, Any]]) -> set[str]:
    return {row["focus"] for row in rows}


def test_search_reaches_over_a_boundary_without_any_hint(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/stock.py": """
                class Stock:
                    def __init__(self, items):
                        self.items = dict(items)

                    def take(self, name, count):
                        if self.items.get(name, 0) < count:
                            raise ValueError("not enough " + str(name))
                        self.items[name] -= count
                        return self.items[name]
                """,
            "shop/orders.py": """
                from shop.stock import Stock

                def place(stock, name, count):
                    if not isinstance(stock, Stock):
                        raise TypeError("a stock is needed")
                    return {"left": stock.take(name, count)}

                def opened(pairs):
                    return Stock(pairs)
                """,
        }
    )
    rows = searched(laboratory_of(target), target, 3)
    edges = {(edge[1], edge[3]) for row in rows for edge in row["edges"]}
    assert ("place", "Stock.take") in edges or ("place", "take") in edges


def test_texts_are_found_that_a_little_language_understands(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/reader.py": """
                import re

                def read(text):
                    found = re.match(r"(\\w+):([-\\w]+)\\((\\w+)\\)$", text)
                    if found is None:
                        raise ValueError("not a query: " + text)
                    return found.groups()
                """,
            "shop/asking.py": """
                from shop import counting
                from shop.reader import read

                class Asking:
                    def ask(self, text):
                        shelf, deed, what = read(text)
                        found = getattr(self, "_ask_%s" % deed.replace("-", "_"), None)
                        if found is None:
                            raise LookupError("unknown: " + deed)
                        return found(shelf, what)

                    def _ask_first_of(self, shelf, what):
                        if what == "teapots":
                            return counting.pots(shelf)
                        return counting.first(shelf, what)

                    def _ask_size(self, shelf, what):
                        return counting.size(shelf + what)
                """,
            "shop/counting.py": """
                def first(shelf, what):
                    return (shelf + what)[0]

                def size(text):
                    return len(text)

                def pots(shelf):
                    return [shelf, "pot"]
                """,
        }
    )
    rows = searched(laboratory_of(target), target, 3)
    called = {edge[3] for row in rows for edge in row["edges"] if edge[2] == "shop/counting.py"}
    assert called == {"first", "size", "pots"}


def test_modules_that_end_or_hang_at_import_are_named_and_passed_over(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/ends.py": "import sys\nsys.exit(3)\n",
            "shop/lacks.py": "import sys\ntry:\n    import not_there\n"
            "except ImportError:\n    sys.exit(1)\n",
            "shop/hangs.py": "while True: pass\n",
            "shop/asks.py": "NAME = input('who? ')\n",
            "shop/works.py": "def double(number):\n    return number * 2\n",
        }
    )
    found, events = drained(laboratory_of(target).search(gather(target), (), 1))
    told = " ".join(event.text for event in events if event.event == "noted")
    assert "shop.ends cannot be imported: SystemExit" in told
    assert "shop.lacks cannot be imported: SystemExit: 1, for No module named 'not_there'" in told
    assert "shop.hangs cannot be imported: OutOfTime" in told
    assert "shop.asks cannot be imported: OSError" in told
    assert focuses(found) == {"shop.works:double"}


MARKERS = {
    "shop/roles.py": """
        class Role(type):
            def __repr__(cls):
                return cls.__name__


        class BUYER(metaclass=Role):
            pass


        class SELLER(metaclass=Role):
            pass


        class Event: ...


        class Paid(Event):
            amount = 3
        """,
    "shop/talk.py": """
        from typing import Type

        from shop.roles import BUYER, Event, SELLER


        class Talk:
            def __init__(self, role):
                if role not in (BUYER, SELLER):
                    raise ValueError("neither buys nor sells")
                self.role = role

            def say(self, text: str) -> str:
                return "%s:%s!" % (self.role, text)

            def hear(self, line: str) -> str:
                who, mark, text = line.partition(":")
                if who == "SELLER" and text.endswith("!"):
                    return self.taken(text)
                return ""

            def taken(self, text):
                return text[:-1]


        def amount_of(kind: Type[Event]) -> int:
            if kind is Event:
                return 0
            return kind.amount + 1
        """,
}


def test_markers_classes_and_what_a_fellow_wrote_are_handed_over(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(**MARKERS)
    rows = searched(laboratory_of(target), target, 4)
    codes = [row["program"]["steps"][-1][1] for row in rows]
    made = [code for code in codes if code.startswith("Talk(")]
    assert {"Talk(BUYER)", "Talk(SELLER)"} <= set(made)
    assert "amount_of(Paid)" in codes
    source = Path(target.root, "shop/talk.py").read_text(encoding="utf-8").splitlines()
    wanted = next(at for at, line in enumerate(source, 1) if "return text[:-1]" in line)
    assert any(line == wanted for row in rows for _, _, line in row["arcs"])


def test_what_breaks_in_the_words_of_an_error_is_no_refusal(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/says.py": """
                def price(order):
                    raise NotImplementedError(order["kind"])


                def known(name):
                    raise LookupError("nobody knows " + str(name))
                """
        }
    )
    rows = searched(laboratory_of(target), target, 2)
    said = {row["program"]["steps"][-1][1] for row in rows if row["focus"] == "shop.says:price"}
    assert all("{" in code or "mapping" in code for code in said), said
    assert "shop.says:known" in focuses(rows)


def test_functions_that_hang_exit_prompt_or_kill_do_not_stop_the_search(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/bad.py": """
                import os, sys, threading, time

                def hangs():
                    while True:
                        pass

                def swallows():
                    while True:
                        try:
                            time.sleep(0.01)
                        except Exception:
                            pass

                def leaves():
                    sys.exit(4)

                def asks():
                    return input("name? ")

                def ends():
                    os._exit(7)

                def starts():
                    threading.Thread(target=time.sleep, args=(5,), daemon=True).start()

                def deletes():
                    os.remove("/etc/hostname")
                """,
            "shop/good.py": "def double(number):\n    return number * 2\n",
        }
    )
    rows = searched(laboratory_of(target), target, 4)
    assert "shop.good:double" in focuses(rows)
    assert "shop.bad:starts" not in focuses(rows)
    assert "shop.bad:deletes" not in focuses(rows)
    assert "shop.bad:hangs" not in focuses(rows)


def test_coroutines_generators_and_blocks_are_driven(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/kinds.py": """
                import contextlib

                async def fetched():
                    return "tea"

                async def streamed():
                    for number in (1, 2):
                        yield number

                def counted():
                    yield from (1, 2, 3)

                def endless():
                    while True:
                        yield 7
                """,
        }
    )
    rows = searched(laboratory_of(target), target)
    code: dict[str, str] = {}
    for row in rows:
        code.setdefault(row["focus"].partition(":")[2], row["program"]["steps"][-1][1])
    assert code["fetched"] == "asyncio.run(fetched())"
    assert code["streamed"] == "asyncio.run(scenario())"
    assert code["counted"] == "list(counted())"
    assert code["endless"] == "list(itertools.islice(endless(), 12))"


def test_observation_shows_values_changes_refusals_files_and_output(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/log.py": """
                class Log:
                    def __init__(self, path):
                        self.path = path
                        self.lines = []

                    def add(self, line):
                        if not line:
                            raise ValueError("an empty line")
                        self.lines.append(line)
                        self.path.write_text(line)
                        print("added", line)
                """,
        }
    )
    program = Program(
        ("from shop.log import Log",),
        (
            Step("v_log_1", "Log(tmp_path / 'log.txt')"),
            Step("v_none_2", "v_log_1.add('tea')"),
            Step("v_none_3", "v_log_1.add('')", "raises"),
        ),
    )
    seen, _ = drained(laboratory_of(target).observe({"a": program}))
    row = seen["a"]
    changed = {check[0]: check[1] for check in row["steps"][1]}
    assert changed["v_log_1.lines"] == "['tea']"
    assert row["raised"]["2"]["message"] == "an empty line"
    assert row["raised"]["2"]["by_target"] is True
    assert row["files"] == {"log.txt": "tea"}
    assert row["out"] == "added tea\n"
    assert row["leaves"] is True


def test_a_target_that_bears_our_own_name_is_searched_like_any_other(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "itc_tui/engines/prices.py": "def gross(net):\n    return net * 2\n",
            "itc_tui/orders.py": """
                from itc_tui.engines.prices import gross

                def total(net):
                    return gross(net) + 1
                """,
        }
    )
    rows = searched(laboratory_of(target), target)
    edges = {(edge[1], edge[3]) for row in rows for edge in row["edges"]}
    assert ("total", "gross") in edges


def test_an_example_of_the_documents_may_take_its_time(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/slow.py": '''
                import time

                def brewed(name):
                    """A good tea takes long.

                    >>> brewed("tea")
                    'tea!'
                    """
                    time.sleep(1.2)
                    return name + "!"
                '''
        }
    )
    rows = searched(laboratory_of(target), target, 0)
    assert [row["focus"] for row in rows] == ["given:shop/slow.py:7"]


def test_examples_import_each_thing_from_where_it_is_shown(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/lines.py": "class Line:\n    def __init__(self, day):\n        self.day = day\n",
            "shop/orders.py": '''
                from datetime import date
                from shop.lines import Line

                def first(day):
                    """The first line.

                    >>> from datetime import date, timedelta
                    >>> first(date(2024, 2, 29) + timedelta(days=1)).day.month
                    3
                    >>> Line(4).day
                    4
                    """
                    return Line(day)
                ''',
            "shop/names.py": '''
                from datetime import date

                def month(day):
                    """Its month.

                    >>> month(date(2024, 2, 29))
                    2
                    """
                    return day.month
                ''',
        }
    )
    Path(target.root, "shop/__init__.py").write_text("from shop.names import month\n")
    rows = searched(laboratory_of(target), target, 1)
    lines = {line for row in rows for line in row["program"]["imports"]}
    assert "from datetime import date" in lines
    assert "from shop import month" in lines
    assert "from shop.names import month" not in lines
    assert "from shop.lines import Line" in lines
    assert not {line for line in lines if ("shop" in line and "date" in line) or ", " in line}


def test_what_a_decorator_generates_is_not_called_for_its_own_sake(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    target = make_target(
        **{
            "shop/lines.py": """
                from dataclasses import dataclass

                @dataclass
                class Line:
                    name: str

                @dataclass(eq=False)
                class Price:
                    cents: int

                    def __eq__(self, other):
                        return self.cents == other
                """
        }
    )
    found = focuses(searched(laboratory_of(target), target, 2))
    assert "shop.lines:Price.__eq__" in found
    assert not {"shop.lines:Line.__eq__", "shop.lines:Line.__repr__"} & found


def test_what_keeps_a_cache_in_the_home_of_the_user_does_not_reach_out(
    make_target: MakeTarget, laboratory_of: LaboratoryOf
) -> None:
    source = """
        import os

        def cached(value):
            base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
            os.makedirs(os.path.join(base, "shop"), exist_ok=True)
            with open(os.path.join(base, "shop", "last"), "w") as file:
                file.write(str(value))
            return value

        def noted(value):
            with open(os.path.expanduser("~/shop.txt"), "w") as file:
                file.write(str(value))
            return value
        """
    target = make_target(**{"shop/caches.py": source})
    programs = {
        name: Program((f"from shop.caches import {name}",), (Step("v_a_1", f"{name}(2)"),))
        for name in ("cached", "noted")
    }
    seen, _ = drained(laboratory_of(target).observe(programs))
    assert (seen["cached"]["trouble"], seen["cached"]["failed_at"]) == ("", -1)
    assert seen["noted"]["trouble"]


class TellingBox:
    """Sends what it is given."""

    tree = ""
    hands = 1

    def __init__(self, *rows: dict[str, Any]) -> None:
        self._rows = rows

    def run(self, order: BoxOrder) -> Generator[dict[str, Any], None, BoxReport]:
        yield from self._rows
        return BoxReport(exit_code=0)

    def run_all(
        self, orders: Sequence[BoxOrder]
    ) -> Generator[tuple[int, dict[str, Any]], None, tuple[BoxReport, ...]]:
        for place in range(len(orders)):
            yield from ((place, row) for row in self._rows)
        return (BoxReport(exit_code=0),) * len(orders)

    def close(self) -> None:
        pass


def test_long_work_can_be_held_at_what_it_finds_and_not_only_at_the_end_of_a_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Breath, "EVERY_S", 0.0)
    target = Target(root=str(tmp_path), python="python")
    rows: list[dict[str, Any]] = [
        {"program": {}},
        {"program": {}},
        {"progress": [2.5, 2, 0]},
        {"program": {}},
    ]
    laboratory = Laboratory(target, TellingBox(*rows))
    found, events = drained(laboratory.search(Shown(), (), 9))
    assert len(found) == 3
    told = [(one.what, one.done) for one in events if isinstance(one, Progressed)]
    assert told == [
        ("searching, 1 call found", 0),
        ("searching, 2 calls found", 0),
        ("searching, 2 calls found", 2),
        ("searching, 3 calls found", 2),
    ]
    programs = {name: Program((), ()) for name in "abc"}
    looking = Laboratory(target, TellingBox(*({"id": name} for name in "abc"))).observe(programs)
    _, events = drained(looking)
    assert [one.done for one in events if isinstance(one, Progressed)] == [1, 2, 3]


def test_what_asks_for_input_is_no_matter_of_a_test_unless_the_target_answers_for_it(
    make_target: MakeTarget, laboratory_of: Callable[[Target], Laboratory]
) -> None:
    """Under pytest it fails in pytest's own words."""
    text = """
        def asked():
            return input("tea? ")

        def asked_twice():
            try:
                return asked()
            except OSError:
                return "no tea"
        """
    laboratory = laboratory_of(make_target(**{"shop/till.py": text}))
    programs = {
        name: Program(
            ("from shop.till import asked, asked_twice",), (Step("v", f"{name}()", kind),)
        )
        for name, kind in (("asked", "raises"), ("asked_twice", "do"))
    }
    rows, _ = drained(laboratory.observe(programs))
    assert rows["asked"]["trouble"] == "asks for input"
    assert rows["asked_twice"]["steps"] == [[["v", "'no tea'", [], True]]]
