"""Settles what a case reads of its surroundings, so that it holds in anybody's shell."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.given import GIVEN
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.witnesses import Witness

_MOST = 6
_UNSET = "monkeypatch.delenv("


def can_be_settled(witness: Witness) -> bool:
    """A reader would not follow a test that takes away half of the environment."""
    return len(witness.asked) <= _MOST


def settled(witness: Witness) -> Witness:
    """The same, with every variable taken away that it found missing here.

    For the box, where they are missing anyway, nothing changes by that.
    """
    steps = witness.program.steps
    kept = [at for at, step in enumerate(steps) if not step.code.startswith(_UNSET)]
    already_set = {steps[at].setting for at in kept}
    names = sorted(witness.asked - already_set)
    unset = [Step("", f"{_UNSET}{name!r}, raising=False)") for name in names]
    given = sum(steps[at].kind in GIVEN for at in kept)
    whole = [*(steps[at] for at in kept[:given]), *unset, *(steps[at] for at in kept[given:])]
    if tuple(whole) == steps:
        return witness
    place = {at: number + len(unset) * (number >= given) for number, at in enumerate(kept)}
    before = {new: old for old, new in place.items()}
    return witness.but(
        program=witness.program._replace(steps=tuple(whole)),
        claims=tuple(
            witness.claims[before[at]] if at in before else () for at in range(len(whole))
        ),
        kinds=tuple(witness.kinds[before[at]] if at in before else "" for at in range(len(whole))),
        raised={place[at]: error for at, error in witness.raised.items()},
    )
