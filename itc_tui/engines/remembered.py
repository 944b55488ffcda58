"""When no engine answers: what is in the fix history about the same failure."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.domain.iterations import FixEntry, Judgement
from itc_tui.domain.requests import AnalyseRequest, Fix, FixRequest
from itc_tui.domain.words import Verdict


class RememberedFixes:
    """Matches failures by their signature; it never invents a change."""

    def judgement(self, request: AnalyseRequest) -> Judgement:
        entry = _kept_for(request.earlier_fixes, request.failure.signature)
        if entry is None:
            return Judgement(
                verdict=Verdict.UNKNOWN,
                root_cause=f"no engine could analyse it: {request.failure.error}",
                learned="",
            )
        return Judgement(
            verdict=Verdict.WRONG_TEST,
            root_cause=f"the same failure was mended in iteration {entry.iteration} by: "
            f"{entry.explanation}",
            learned="the same signature came back",
        )

    def fix(self, request: FixRequest) -> Fix:
        hints = [
            entry.explanation
            for failure in request.failures
            if (entry := _kept_for(request.earlier_fixes, failure.signature)) is not None
        ]
        if not hints:
            return Fix(explanation="No engine answered, and nothing like it was mended before.")
        return Fix(
            explanation="No engine answered; what helped before: " + "; ".join(dict.fromkeys(hints))
        )


def _kept_for(history: Sequence[FixEntry], signature: str) -> FixEntry | None:
    found = [one for one in history if one.outcome == "kept" and signature in one.signatures]
    return found[-1] if found else None
