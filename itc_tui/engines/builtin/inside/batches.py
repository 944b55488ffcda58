"""Runs work in forked children, so that what crashes or hangs takes little with it."""

from __future__ import annotations

import json
import os
import select
import signal
import time
from typing import Any, Callable, Dict, Iterator

Say = Callable[[Dict[str, Any]], None]


def in_child(work: Callable[[Say], None], silence_s: float = 6.0) -> Iterator[Dict[str, Any]]:
    """Yield what the child says, line by line; a last `{"died": …}` when it did not end well."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_child(work, writing)
    os.close(writing)
    ended = False
    try:
        buffer = b""
        while True:
            ready, _, _ = select.select([reading], [], [], silence_s)
            if not ready:
                yield {"died": "hung"}
                return
            piece = os.read(reading, 1 << 16)
            if not piece:
                break
            buffer += piece
            *lines, buffer = buffer.split(b"\n")
            for line in lines:
                row = json.loads(line)
                ended = ended or "ended" in row
                yield row
        if not ended:
            yield {"died": "crashed"}
    finally:
        os.close(reading)
        _end(child)


def _be_child(work: Callable[[Say], None], writing: int) -> None:
    code = 1
    try:
        with os.fdopen(writing, "w", encoding="utf-8") as out:

            def say(row: Dict[str, Any]) -> None:
                out.write(json.dumps(row) + "\n")
                out.flush()

            work(say)
            say({"ended": True})
        code = 0
    except BaseException as error:
        if os.environ.get("ITC_INSIDE_DEBUG"):
            import traceback

            traceback.print_exception(type(error), error, error.__traceback__)
    finally:
        os._exit(code)


def _end(child: int) -> None:
    deadline = time.monotonic() + 0.5
    while time.monotonic() < deadline:
        done, _ = os.waitpid(child, os.WNOHANG)
        if done:
            return
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
