"""What speaks for which verdict; each clue answers with a judgement, or leaves it to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from itc_tui.domain.iterations import Judgement
from itc_tui.domain.plain_text import beginning
from itc_tui.domain.words import Outcome, Provenance, Verdict
from itc_tui.engines.builtin.judging.facts import Facts
from itc_tui.engines.builtin.judging.flicker import cause_of_flicker
from itc_tui.engines.builtin.judging.product import Product
from itc_tui.engines.builtin.judging.reproduction import reproduction_of
from itc_tui.engines.builtin.judging.retrial import Retried


@dataclass(frozen=True)
class Scene:
    facts: Facts
    product: Product
    retrials: tuple[Retried, ...] = ()
    """Empty when nothing could be run again."""


Clue = Callable[[Scene], Judgement | None]

_SURROUNDINGS = frozenset(
    {"ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "gaierror"}
    | {"ConnectError", "ConnectTimeout", "URLError", "NewConnectionError", "MaxRetryError"}
    | {"PermissionError", "InterruptedError", "BlockingIOError", "MemoryError", "TimeoutExpired"}
    | {"BrokenPipeError"}
)
_SAYS_SURROUNDINGS = re.compile(
    r"connection refused|network is unreachable|name or service not known|no space left"
    r"|address already in use|could not connect|temporary failure in name resolution"
    r"|too many open files|database is locked",
    re.I,
)
_CALL_SHAPE = re.compile(
    r"missing \d+ required|unexpected keyword|positional arguments? but|has no attribute"
    r"|is not callable|multiple values for|not subscriptable|is not defined|coroutine"
)


def broken_import(scene: Scene) -> Judgement | None:
    facts = scene.facts
    text = f"{facts.failure.error}\n{facts.failure.traceback}"
    found = re.search(
        r"No module named '([^']+)'|cannot import name '([^']+)' from '([^']+)'", text
    )
    if not found:
        return None
    module = found[1] or found[3] or ""
    known = scene.product.known
    if found[1] and not known.is_own(module):
        return Judgement(
            verdict=Verdict.ENVIRONMENT,
            root_cause=f"{module} is not installed for the target's interpreter",
            assumed=f"{module} can be imported",
            reality="it cannot",
            learned=f"tests here cannot use {module} until it is installed",
            confidence=0.9,
        )
    what = found[1] or f"{found[2]} in {module}"
    return Judgement(
        verdict=Verdict.WRONG_TEST,
        root_cause=f"the test imports {what}, which does not exist",
        assumed=f"there is {what}",
        reality="there is no such name",
        learned=f"{what} is not part of the product",
        confidence=0.9,
    )


def failed_setup(scene: Scene) -> Judgement | None:
    failure = scene.facts.failure
    missing = re.search(r"fixture '([^']+)' not found", f"{failure.error}\n{failure.traceback}")
    if missing:
        return Judgement(
            verdict=Verdict.WRONG_TEST,
            root_cause=f"the test asks for a fixture {missing[1]} that does not exist",
            assumed=f"there is a fixture {missing[1]}",
            reality="neither the file, nor a conftest, nor a plugin has it",
            learned=f"no fixture is called {missing[1]}",
            confidence=0.95,
        )
    return None


def surroundings(scene: Scene) -> Judgement | None:
    facts = scene.facts
    is_outside = facts.error in _SURROUNDINGS or _SAYS_SURROUNDINGS.search(facts.failure.error)
    if facts.is_assertion or not is_outside:
        return None
    return Judgement(
        verdict=Verdict.ENVIRONMENT,
        root_cause="something outside is not as the test needs it: "
        f"{beginning(facts.failure.error, 160)}",
        assumed="what lies outside can be reached",
        reality=beginning(facts.failure.error, 160),
        learned="this case needs a stand-in at its outer edge, or the service itself",
        confidence=0.75,
    )


def unsteady(scene: Scene) -> Judgement | None:
    endings = {_ending(retried) for retried in scene.retrials}
    if len(scene.retrials) < 2 or len(endings) < 2:
        return None
    cause = cause_of_flicker(scene.facts, scene.product, scene.retrials)
    return Judgement(
        verdict=Verdict.FLAKY,
        root_cause=f"the outcome changes from run to run: it depends on {cause}",
        assumed="the same run gives the same result",
        reality=" / ".join(
            f"hash seed {r.hash_seed}: {r.outcome}"
            + (f", {beginning(r.left, 60)}" if r.left else "")
            for r in scene.retrials
        ),
        learned=f"what this case looks at depends on {cause}",
        confidence=0.85 if cause != "something that changes between runs" else 0.6,
    )


def only_in_the_person_s_tree(scene: Scene) -> Judgement | None:
    if not scene.retrials or any(r.outcome != "passed" for r in scene.retrials):
        return None
    return Judgement(
        verdict=Verdict.ENVIRONMENT,
        root_cause="it passes in a clean copy of the repository, each time",
        assumed="the tree holds nothing that the case leans on",
        reality="files left behind, variables, other tests or the network make it fail here",
        learned="this case is sensitive to what is around it",
        confidence=0.6,
    )


def wrong_call(scene: Scene) -> Judgement | None:
    facts = scene.facts
    is_shape = facts.error in ("TypeError", "AttributeError", "NameError")
    if not is_shape or not facts.is_raised_in_test or not _CALL_SHAPE.search(facts.said):
        return None
    return Judgement(
        verdict=Verdict.WRONG_TEST,
        root_cause=f"the test does not use the code as it is: {beginning(facts.said, 160)}",
        assumed="the call has the shape that the test gives it",
        reality=beginning(facts.failure.error, 160),
        learned=beginning(facts.said, 160),
        confidence=0.85,
    )


def broken_promise(scene: Scene) -> Judgement | None:
    """The behaviour contradicts what the code itself, or the person, promised."""
    facts = scene.facts
    if not facts.is_promised:
        return None
    is_judged = facts.is_assertion or facts.error == "Failed"
    if not is_judged and facts.is_raised_in_test:
        return None
    evidence = facts.case.evidence or "the approved plan"
    quoted = scene.product.quote(evidence)
    promise = f"{evidence}: “{quoted}”" if quoted and quoted not in evidence else evidence
    by = (
        "the person approved"
        if facts.case.provenance is Provenance.APPROVED
        else "the code promises"
    )
    return Judgement(
        verdict=Verdict.PRODUCT_BUG,
        root_cause=f"{facts.case.name or facts.name}: {by} {facts.case.expected or 'otherwise'}, "
        f"but {_seen(scene)}",
        assumed=facts.case.expected or quoted or f"what {evidence} says",
        reality=_seen(scene),
        learned=f"the product does not keep its promise ({evidence})",
        confidence=0.85 if scene.retrials and quoted else 0.75,
        reproduction=reproduction_of(facts),
        contract=promise,
    )


def documented_error(scene: Scene) -> Judgement | None:
    """An observed value gave way to an error that the code documents: the input was wrong."""
    facts = scene.facts
    if facts.is_assertion or facts.innermost is None or facts.is_raised_in_test:
        return None
    for frame in reversed(facts.frames):
        where = scene.product.documented_errors(frame.path, frame.line).get(facts.error)
        if where:
            return Judgement(
                verdict=Verdict.WRONG_TEST,
                root_cause=f"{facts.error} is what the code documents for this input ({where})",
                assumed="the input is accepted",
                reality=f"{facts.error}: {beginning(facts.said, 120)}",
                learned=f"{facts.error} is raised here, as {where} says",
                confidence=0.8,
                contract=where,
            )
    return None


def wrong_observation(scene: Scene) -> Judgement | None:
    facts = scene.facts
    if facts.is_promised or not facts.is_assertion:
        return None
    steady = len({r.left for r in scene.retrials}) == 1 if scene.retrials else False
    return Judgement(
        verdict=Verdict.WRONG_TEST,
        root_cause=f"the expectation was only observed, and {_seen(scene)}",
        assumed=_side(scene, "right") or facts.case.expected,
        reality=_side(scene, "left") or beginning(facts.failure.error, 160),
        learned="the product changed since it was observed, or was observed in other circumstances",
        confidence=0.75 if steady else 0.55,
    )


def unexpected_error(scene: Scene) -> Judgement | None:
    """An error out of the product that nothing promised and nothing documents."""
    facts = scene.facts
    if facts.is_assertion or facts.is_raised_in_test or facts.innermost is None:
        return None
    place = f"{facts.innermost.path}:{facts.innermost.line}"
    return Judgement(
        verdict=Verdict.WRONG_TEST,
        root_cause=f"{facts.error} is raised at {place}, which the observation did not show",
        assumed=facts.case.expected or "no error",
        reality=f"{facts.error}: {beginning(facts.said, 120)}",
        learned=f"this input ends in {facts.error} at {place}",
        confidence=0.5,
    )


#: These need no second look.
PLAIN: tuple[Clue, ...] = (broken_import, failed_setup, wrong_call)
#: These weigh what was seen when the case ran again.
WEIGHED: tuple[Clue, ...] = (
    unsteady,
    only_in_the_person_s_tree,
    surroundings,
    broken_promise,
    documented_error,
    wrong_observation,
    unexpected_error,
)


def nobody_knows(scene: Scene) -> Judgement:
    facts = scene.facts
    why = {
        Outcome.TIMED_OUT: "it gave no sign of life and was ended",
        Outcome.CRASHED: "the interpreter crashed under it",
        Outcome.SKIPPED: "it was skipped",
        Outcome.NOT_RUN: "it was never run",
    }.get(facts.failure.outcome, beginning(facts.failure.error, 160) or "no reason was given")
    return Judgement(
        verdict=Verdict.UNKNOWN,
        root_cause=why,
        assumed="it ends by itself",
        reality=why,
        learned="",
        confidence=0.2,
    )


def _ending(retried: Retried) -> tuple[str, ...]:
    """What it came to, without addresses, which always differ."""
    seen = retried.left or retried.said
    return retried.outcome, retried.error, re.sub(r"0x[0-9a-f]+", "0x", seen)


def _seen(scene: Scene) -> str:
    left, right = _side(scene, "left"), _side(scene, "right")
    if left:
        return f"{beginning(left, 120)} was seen instead of {beginning(right, 120)}"
    error = scene.facts.failure.error
    return beginning(error.splitlines()[0], 200) if error else "it fails"


def _side(scene: Scene, side: str) -> str:
    comparison = scene.facts.failure.comparison
    if comparison is not None and getattr(comparison, side):
        return str(getattr(comparison, side))
    seen: Sequence[str] = [getattr(r, side) for r in scene.retrials if getattr(r, side)]
    return seen[0] if seen else ""
