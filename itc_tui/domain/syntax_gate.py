"""What is wrong with drafted tests, as far as syntax tells, before anything is accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from itc_tui.domain.gate.asserting import assertions_are_specific, errors_are_not_swallowed
from itc_tui.domain.gate.awaiting import coroutines_are_awaited
from itc_tui.domain.gate.imports import imports_resolve
from itc_tui.domain.gate.reading import Reading, read
from itc_tui.domain.gate.stand_ins import calls_fit_their_signatures, stand_ins_fit
from itc_tui.domain.gate.substance import (
    nothing_is_left_to_do,
    nothing_is_skipped,
    promised_functions_are_there,
)
from itc_tui.domain.gate.tidiness import (
    no_machine_paths,
    nothing_sleeps,
    the_process_is_left_as_it_was,
    what_is_opened_is_closed,
)
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.requests import Draft, DraftFile, Issue

Rule = Callable[[Reading], Iterator[Issue]]

RULES: tuple[Rule, ...] = (
    imports_resolve,
    nothing_is_left_to_do,
    nothing_is_skipped,
    promised_functions_are_there,
    stand_ins_fit,
    calls_fit_their_signatures,
    coroutines_are_awaited,
    assertions_are_specific,
    errors_are_not_swallowed,
    what_is_opened_is_closed,
    the_process_is_left_as_it_was,
    nothing_sleeps,
    no_machine_paths,
)


def issues_in(draft: Draft, known: KnownNames) -> tuple[Issue, ...]:
    """All issues of all files, in the order of the files and lines."""
    return tuple(issue for file in draft.files for issue in _of_file(file, known))


def _of_file(file: DraftFile, known: KnownNames) -> list[Issue]:
    try:
        reading = read(file, known)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        return [
            Issue(path=file.path, line=line, rule="syntax", message=f"This is no Python: {error}")
        ]
    found = {issue for rule in RULES for issue in rule(reading)}
    return sorted(found, key=lambda issue: (issue.line, issue.rule, issue.message))
