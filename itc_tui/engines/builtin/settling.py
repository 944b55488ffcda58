"""Settles what a case reads of its surroundings, so that it holds in anybody's shell."""

from __future__ import annotations

from collections.abc import Iterable

from itc_tui.engines.builtin.inside.given import GIVEN
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.witnesses import Witness

_MOST = 6
_UNSET = "monkeypatch.delenv("
_GUARD = "monkeypatch.setattr("


def that_can_be_settled(
    looked: Iterable[Witness],
) -> tuple[list[Witness], list[tuple[str, str]]]:
    """And those that cannot, with the reason: a reader would not follow a test that takes away
    half of the environment."""
    kept, left_out = [], []
    for witness in looked:
        if len(witness.surroundings.missing) <= _MOST:
            kept.append(witness)
        else:
            name = witness.focus.removeprefix("given:").replace(":", ".")
            left_out.append((name, f"asks for more than {_MOST} environment variables"))
    return kept, list(dict.fromkeys(left_out))


def settled(witness: Witness) -> Witness:
    """The same, with every variable taken away that it found missing here, and none set that
    nobody asks for; and without the packages that are not installed here.

    For the box, where they are missing anyway, nothing changes by that.
    """
    steps = witness.program.steps
    missing = witness.surroundings.missing
    idle = witness.surroundings.idle - missing
    is_kept = [not (s.code.startswith(_UNSET) or s.is_guard or s.setting in idle) for s in steps]
    kept = [at for at in range(len(steps)) if is_kept[at]]
    already_set = {steps[at].setting for at in kept}
    names = sorted(missing - already_set)
    unset = [Step("", f"{_UNSET}{name!r}, raising=False)") for name in names]
    unset += [Step("", f"{_GUARD}{told})") for told in sorted(witness.surroundings.lacking)]
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
