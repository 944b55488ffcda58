"""What a list shows of a session, from where it stands in `state.json`: a tenth of reading it all.

Nothing between these places is checked. What looks another way than we write it is not glanced at
but read; what is wrong elsewhere is told when the session is opened.
"""

from __future__ import annotations

import json
import re

from itc_tui.domain.listing import SessionListing
from itc_tui.domain.state import SCHEMA_VERSION
from itc_tui.domain.vocabulary import Phase

_HEAD = re.compile(
    rb'\{\n  "session_id": (".*"),\n  "module": (".*"),\n  "started": (".*"),\n'
    rb'  "max_iterations": \d+,\n  "phase": "(\w+)",\n'
)
_ITERATIONS = re.compile(rb'\n  "iterations": \{\n    "current": (\d+),\n')
_LATEST = re.compile(rb'\n    "latest_results": (?:null|\{\n      "pass_rate": ([0-9.]+),\n)')
_SUMMARY = re.compile(
    rb'\n  "summary": (?:null|\{\n    "result": "(\w+)",\n    "final_pass_rate": ([0-9.]+),\n)'
)
_VERSION = re.compile(rb'\n  "schema_version": %d,\n' % SCHEMA_VERSION)
_TAKEN_BACK = b'\n  "taken_back": {'
# Indented like this, and after a line break, stands nothing but a field of just that depth: within
# a text a line break is written with a backslash.


def glanced(path: str, content: bytes) -> SessionListing | None:
    """None where it has to be read."""
    head = _HEAD.match(content)
    if not (head and head[4].decode() in set(Phase) and content.endswith(b"\n}\n")):
        return None
    iterations = _found(_ITERATIONS, content, head.end())
    latest = iterations and _found(_LATEST, content, iterations.end())
    summary = iterations and _found(_SUMMARY, content, iterations.end())
    version = summary and _found(_VERSION, content, summary.end() - 1)
    if not (iterations and latest and summary and version):
        return None
    if content.find(_TAKEN_BACK, summary.end()) >= 0:
        return None  # seldom, and what is left takes reading
    rate = summary[2] if summary[1] else latest[1]
    try:
        session_id, module, started = (json.loads(text) for text in head.group(1, 2, 3))
    except ValueError:
        return None
    return SessionListing(
        session_id=session_id,
        path=path,
        module=module,
        phase=head[4].decode(),
        started=started,
        pass_rate=float(rate) if rate else None,
        result=summary[1].decode() if summary[1] else "",
        iterations=int(iterations[1]),
    )


def _found(pattern: re.Pattern[bytes], content: bytes, start: int) -> re.Match[bytes] | None:
    """At the only place where its beginning stands."""
    name = pattern.pattern[: pattern.pattern.index(b":")].replace(rb"\n", b"\n")
    at = content.find(name, start)
    return pattern.match(content, at) if at >= 0 else None
