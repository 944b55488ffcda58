"""Cases that pytest collects once; each run of some of them is a child forked from there.

To start pytest, and to import what the cases import, takes longer than most cases do. Lives in
somebody else's interpreter: standard library and its own pytest only, Python 3.9 and up.
"""

from __future__ import annotations

import os
import time
from typing import Any, Callable

from itc_cases import (  # type: ignore[import-not-found]
    Child,
    answer_in,
    nobody,
    options,
    reporter,
)
from itc_watch import Watch  # type: ignore[import-not-found]

WatchOf = Callable[[str], "Watch | None"]


class Collected:
    def __init__(self, items: list[Any], teller: Any) -> None:
        self._items = {item.nodeid: item for item in items}
        self._teller = teller

    def run(
        self,
        node_ids: list[str],
        limit_s: float,
        first: Callable[[], None] = lambda: None,
        watch_of: WatchOf = nobody,
        style: str = "native",
        room_mb: int = 0,
    ) -> dict[str, Any]:
        """Answers as `run_cases` does. `first` is done in the child, before any case.

        For a style of its own, pytest parses every file on a traceback, and each time again.
        """
        items = [self._items[name] for name in node_ids if name in self._items]

        def work(send: Callable[[Any], None]) -> None:
            self._teller.send, self._teller.watch_of = send, watch_of
            first()
            for item, after in zip(items, [*items[1:], None]):
                item.config.option.tbstyle = style
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)

        answer: dict[str, Any] = answer_in(*Child(work, room_mb).messages(limit_s))
        return answer

    def run_apart(
        self, node_ids: list[str], limit_s: float, watch_of: WatchOf, apart_s: float
    ) -> dict[str, Any]:
        answer: dict[str, Any] = answer_in((), True)
        deadline = time.monotonic() + limit_s
        for name in node_ids:
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                answer["in_time"] = False
                break
            own = self.run([name], min(apart_s, left_s), watch_of=watch_of, style="short")
            answer["results"].update(own["results"])
        return answer


def with_collected(tree: str, node_ids: list[str], work: Callable[[Collected], None]) -> None:
    """Does the work in the midst of a session of pytest; not at all where none comes about."""
    import pytest

    teller = reporter(lambda _message: None, node_ids, nobody, 0.0, {})[0]
    raised: list[BaseException] = []

    class InsteadOfTheLoop:
        @pytest.hookimpl(tryfirst=True)
        def pytest_runtestloop(self, session: Any) -> bool:
            try:
                work(Collected(session.items, teller))
            except BaseException as error:
                raised.append(error)
            return True

    files = dict.fromkeys(name.split("::", 1)[0] for name in node_ids)
    arguments = [os.path.join(tree, file) for file in files]
    pytest.main([*options(tree), *arguments], [teller, InsteadOfTheLoop()])
    if raised:
        raise raised[0]
