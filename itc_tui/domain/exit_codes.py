"""How the command ends for a session that ended so."""

from __future__ import annotations

from itc_tui.domain.state import State
from itc_tui.domain.trouble import ExitCode
from itc_tui.domain.words import Ending


def exit_code_of(state: State) -> ExitCode:
    if state.summary is None or state.taken_back:
        return ExitCode.NOT_REACHED
    if state.summary.result is Ending.SUCCESS:
        return ExitCode.SUCCESS
    if state.summary.result is Ending.PARTIAL_SUCCESS:
        return ExitCode.PARTIAL_SUCCESS
    results = state.iterations.latest_results
    bugs = {finding.test for finding in state.findings}
    if bugs and results and all(failure.test in bugs for failure in results.failures):
        return ExitCode.PRODUCT_BUGS
    return ExitCode.NOT_REACHED
