"""Says it plainly where the target's pytest settings ask every test for what nobody makes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from itc_tui.domain.requests import DraftFile

_NOT_FOUND = re.compile(r"fixture '(\w+)' not found")


def asked_of_every_test(failures: Mapping[str, str], files: Sequence[DraftFile]) -> str:
    """The fixture for want of which all that were run failed, though none of them names it."""
    tests = sum(len(file.cases) for file in files)
    missing = {found[1] if (found := _NOT_FOUND.search(why)) else "" for why in failures.values()}
    name = missing.pop() if len(missing) == 1 else ""
    is_named = any(re.search(rf"\b{name}\b", file.text) for file in files) if name else True
    return "" if is_named or len(failures) < tests else name


def told(fixture: str) -> str:
    return (
        f"pytest's settings ask every test for the fixture `{fixture}`, and no conftest.py that "
        "integration tests can see makes it: define it in a conftest.py at the top of the "
        "repository, or take it out of `usefixtures`."
    )
