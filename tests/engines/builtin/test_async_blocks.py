"""What is entered with `async with` is used where it is open: inside, in one event loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.laboratory import Laboratory
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

FILES = {
    "wire/line.py": '''
        import asyncio

        from wire.words import joined


        class Line:
            """Speaks while it is open, and in the loop that it was opened in."""

            def __init__(self, name: str):
                self.name, self.said, self.loop = name, [], None

            async def say(self, word: str) -> int:
                self._check()
                self.said.append(word)
                return len(self.said)

            async def all_said(self) -> str:
                self._check()
                return joined(self.said)

            def _check(self):
                if self.loop is not asyncio.get_running_loop():
                    raise RuntimeError("the line is closed")

            async def __aenter__(self):
                self.loop = asyncio.get_running_loop()
                return self

            async def __aexit__(self, *error):
                self.loop = None
        ''',
    "wire/words.py": """
        import functools
        import os.path


        def joined(words):
            return " ".join(words)


        def quietly(function):
            @functools.wraps(function)
            def wrapper(*given):
                return function(*given) or ""
            return wrapper


        stem = quietly(os.path.basename)
        """,
}


@pytest.fixture
def found(
    make_target: MakeTarget, laboratory_of: Callable[[Target], Laboratory]
) -> list[dict[str, Any]]:
    target = make_target(**FILES)
    rows, _ = drained(laboratory_of(target).search(gather(target), (), 5.0))
    return rows


def test_methods_are_awaited_inside_and_wrapped_functions_of_others_are_called(
    found: list[dict[str, Any]],
) -> None:
    codes = {row["focus"]: "\n".join(step[1] for step in row["program"]["steps"]) for row in found}
    assert "async with Line(" in codes["wire.line:Line.all_said"]
    assert "return await opened.all_said()" in codes["wire.line:Line.all_said"]
    assert any(
        edge[::2] == ["wire/line.py", "wire/words.py"] for row in found for edge in row["edges"]
    )
    assert "wire.words:stem" in codes
