"""Places that documents make up, `/path/to/db.json`: whoever follows them takes one of his own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from itc_tui.engines.builtin.evidence.snippets import Example

_MADE_UP = (
    r"(?:/?(?:(?:some|your|my|full)/)?path/to/|/(?:some|your|my)/(?:path|folder|dir)/|/path/"
    r"|/tmp/|/home/\w+/|/Users/\w+/)"
)
_PLACE = re.compile(rf"'{_MADE_UP}(?:[\w.-]+/)*([\w-][\w.-]*)/?'")
_IS_MADE_UP = re.compile(rf"{_MADE_UP}\w")


def in_a_folder_of_its_own(example: Example) -> Example:
    """The last name alone, which lies in the folder that each case has."""
    steps = tuple(
        step._replace(code=_PLACE.sub(r"'\1'", step.code)) for step in example.program.steps
    )
    if steps == example.program.steps:
        return example
    return example._replace(
        program=example.program._replace(steps=steps),
        wanted=_elsewhere_too(example.wanted),
        remarks=_elsewhere_too(example.remarks),
    )


def _elsewhere_too(told: Mapping[str, str]) -> dict[str, str]:
    return {var: text for var, text in told.items() if not _IS_MADE_UP.search(text)}
