"""A drafted file lies where tests belong, under a name that nothing else is imported by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from itc_tui.domain.gate.supporting import only_offers_fixtures
from itc_tui.domain.requests import Draft, Issue


def misplaced_in(draft: Draft, tests_dir: str) -> Iterator[Issue]:
    """A `shop.py` beside the tests would change what is tested, and so may a new `conftest.py`;
    but one that only offers fixtures does not."""
    for file in draft.files:
        path = PurePosixPath(file.path)
        is_plain = str(path) == file.path and ".." not in path.parts and "\\" not in file.path
        is_test = path.suffix == ".py" and (
            path.name.startswith("test_") or path.stem.endswith("_test")
        )
        is_test |= path.name == "conftest.py" and not file.cases and only_offers_fixtures(file.text)
        if not is_plain or not path.is_relative_to(tests_dir) or not is_test:
            yield Issue(
                path=file.path,
                rule="misplaced",
                message=f"{file.path} is no test file under {tests_dir}; it is not written.",
            )
