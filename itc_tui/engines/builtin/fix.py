"""Fixing red tests: known repairs, shaped by the strategy, tried in the box, never weaker."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from itc_tui.domain.events import Progressed
from itc_tui.domain.iterations import Judgement, ModificationPoint
from itc_tui.domain.refusal import fix_digest
from itc_tui.domain.requests import CorrectedExpectation, FileEdit, Fix, FixRequest
from itc_tui.domain.results import Failure
from itc_tui.domain.target import Target
from itc_tui.domain.weakening import weakenings
from itc_tui.domain.words import Provenance, StrategyName, Verdict
from itc_tui.engines.builtin.judging.facts import Facts, facts_of
from itc_tui.engines.builtin.judging.product import Product
from itc_tui.engines.builtin.judging.retrial import Retried, try_again
from itc_tui.engines.builtin.repairs import REPAIRS
from itc_tui.engines.builtin.repairs.damage import Damage, Mended
from itc_tui.ports import Box, Steps


def fix(target: Target, request: FixRequest, box: Box | None) -> Steps[Fix]:
    """One proposal; without edits, and with the reason, when no repair is known."""
    bench = _Bench(request, Product(target), box)
    proposal = _Proposal(dict(request.sources))
    for number, failure in enumerate(request.failures):
        yield Progressed(what=f"Mending {failure.test}", done=number, total=len(request.failures))
        bench.mend(failure, proposal)
        if proposal.rules and request.strategy.name is not StrategyName.AGGRESSIVE:
            break
    return proposal.as_fix(request)


@dataclass
class _Proposal:
    """What has been mended so far; later repairs build on the text of earlier ones."""

    texts: dict[str, str]
    rules: list[str] = field(default_factory=list)
    points: list[ModificationPoint] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    corrections: list[CorrectedExpectation] = field(default_factory=list)
    confidence: float = 1.0
    reasons: list[str] = field(default_factory=list)

    def take(self, rule: str, failure: Failure, path: str, mended: Mended) -> None:
        self.texts[path] = mended.text
        self.rules.append(rule)
        self.points.append(
            ModificationPoint(file=path, line=mended.line, what=f"{rule}: {mended.what}")
        )
        self.tests.append(failure.test)
        self.corrections += mended.corrections
        self.confidence = min(self.confidence, mended.confidence)

    def as_fix(self, request: FixRequest) -> Fix:
        edits = tuple(
            FileEdit(path=path, before=before, after=self.texts[path])
            for path, before in request.sources.items()
            if self.texts[path] != before
        )
        if not edits:
            said = "; ".join(dict.fromkeys(self.reasons)) or "nothing here can be mended"
            return Fix(explanation=f"No repair is known: {said}.")
        return Fix(
            edits=edits,
            explanation="; ".join(point.what for point in self.points),
            modification_points=tuple(self.points),
            affected_tests=tuple(dict.fromkeys(self.tests)),
            confidence=self.confidence,
            corrections=tuple(self.corrections),
        )


class _Bench:
    """Tries the repairs on one failure after the other."""

    def __init__(self, request: FixRequest, product: Product, box: Box | None) -> None:
        self._request = request
        self._product = product
        self._box = box
        self._judgements = {judgement.test: judgement for judgement in request.judgements}

    def mend(self, failure: Failure, proposal: _Proposal) -> None:
        judgement = self._judgements.get(failure.test, Judgement())
        path = failure.test.split("::", 1)[0]
        if judgement.verdict is Verdict.PRODUCT_BUG:
            proposal.reasons.append(f"{failure.test} shows a product bug, and stays red")
            return
        if path not in proposal.texts:
            proposal.reasons.append(f"{path} is no file of this session")
            return
        text = proposal.texts[path]
        facts = facts_of(failure, self._request.sources[path], self._request.plan, self._product)
        damage = Damage(facts, judgement, self._product, text, self._runner(failure.test, path))
        found = list(self._found(damage, proposal))
        if not found:
            proposal.reasons.append(judgement.root_cause or failure.error or failure.test)
            return
        rule, mended = self._chosen(found, text)
        proposal.take(rule, failure, path, mended)

    def _found(self, damage: Damage, proposal: _Proposal) -> Iterator[tuple[str, Mended]]:
        """Repairs that may be offered: the first, or all where the smallest is wanted."""
        wanted = self._request.strategy.name
        used = self._used_on(damage.facts.failure)
        for rule, repair in REPAIRS.items():
            if wanted is StrategyName.REFLECTIVE and rule in used:
                continue  # it did not help: another question is due
            if wanted is StrategyName.AGGRESSIVE and proposal.rules and rule not in proposal.rules:
                continue  # one idea, on all that it fits
            mended = repair(damage)
            if mended is None or not self._may_be_offered(damage, mended):
                continue
            yield rule, mended
            if wanted is not StrategyName.SURGICAL:
                return

    def _chosen(self, found: list[tuple[str, Mended]], text: str) -> tuple[str, Mended]:
        return min(found, key=lambda item: _changed_lines(text, item[1].text))

    def _may_be_offered(self, damage: Damage, mended: Mended) -> bool:
        facts = damage.facts
        before = damage.text
        if mended.text == before or self._was_tried(facts, mended):
            return False
        weaker = weakenings(
            before,
            mended.text,
            mended.corrections,
            facts.path,
            self._product.known,
            self._provenances(facts),
        )
        if weaker:
            return False
        return self._helps(facts, damage.run(mended.text))

    def _helps(self, facts: Facts, runs: tuple[Retried, ...]) -> bool:
        """It passes, or at least fails for another reason than before, and the same each time."""
        if not runs:
            return True
        if any(run.outcome == "absent" for run in runs):
            return False
        if all(run.outcome == "passed" for run in runs):
            return True
        same_reason = any(run.message == facts.failure.error for run in runs)
        return not same_reason and len({(run.outcome, run.left) for run in runs}) == 1

    def _was_tried(self, facts: Facts, mended: Mended) -> bool:
        """The same change for the same failure is a blind retry."""
        edit = FileEdit(
            path=facts.path, before=self._request.sources[facts.path], after=mended.text
        )
        digest = fix_digest((edit,))
        return any(digest in entry.digests for entry in self._request.earlier_fixes)

    def _used_on(self, failure: Failure) -> set[str]:
        return {
            (point if isinstance(point, str) else point.what).split(":", 1)[0]
            for entry in self._request.earlier_fixes
            if failure.test in entry.affected_tests and entry.outcome != "kept"
            for point in entry.modification_points
        }

    def _provenances(self, facts: Facts) -> Mapping[str, Provenance]:
        return {facts.name: facts.case.provenance}

    def _runner(self, test: str, path: str) -> Callable[[str], tuple[Retried, ...]]:
        known: dict[str, tuple[Retried, ...]] = {}

        def run(text: str) -> tuple[Retried, ...]:
            if self._box is None:
                return ()
            if text not in known:
                known[text] = try_again(self._box, test, {path: text})
            return known[text]

        return run


def _changed_lines(before: str, after: str) -> int:
    return sum(
        line[:1] in "+-" and line[:3] not in ("+++", "---")
        for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0)
    )
