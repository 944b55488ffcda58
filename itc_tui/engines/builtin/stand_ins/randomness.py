"""A random source that draws the same numbers in every run."""

from __future__ import annotations

from itc_tui.engines.builtin.stand_ins.stand_in import Environment, Outside, StandIn

_SOURCE = '''\
@pytest.fixture
def seeded_random():
    """`random` draws the same numbers in every run, and goes on afterwards where it was."""
    state = random.getstate()
    random.seed(20240517)
    yield
    random.setstate(state)'''


def randomness(outside: Outside, _environment: Environment) -> StandIn | None:
    """Of `random` alone: `secrets` and `uuid` draw from the system, and promise not to repeat."""
    sites = {(site.file, site.line) for site in outside.sites if site.callee.startswith("random.")}
    if outside.name != "random" or not sites:
        return None
    return StandIn(
        name="seeded_random",
        source=_SOURCE,
        imports=("import pytest", "import random"),
        sites=tuple(sorted(sites)),
        outside="random",
        reason="`random` begins from a seed, so that it draws the same each time.",
    )
