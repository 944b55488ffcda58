"""In which circumstances the drafted cases run: another order, seed, folder or day each time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from itc_tui.domain.another_day import CLOCK_AHEAD_S

_OTHER_DAY = 3
"""This run differs in nothing else, so that nothing else can be the reason."""
_OTHER_SHELL = 2


@dataclass(frozen=True)
class Round:
    """One run of all cases, and what is different in it."""

    how: str = "as planned"
    node_ids: list[str] = field(default_factory=list)
    seed: int = 0
    cwd: str = "."
    clock_ahead_s: int = 0
    is_in_another_shell: bool = False
    """Variables that the cases ask for, and that are not set here, are set."""


def rounds_of(planned: list[str], repeats: int) -> list[Round]:
    """All but one of the repeats: the last is each case alone."""
    rounds = [Round("as planned", planned)]
    if repeats > 2:
        how = "in reverse order and with another hash seed"
        rounds.append(Round(how, list(reversed(planned)), 1))
    for number in range(2, repeats - 1):
        shuffled = random.Random(number).sample(planned, len(planned))
        # The home of the box is a place outside the repository.
        place = ("../home", " and from another folder") if number % 2 == 0 else (".", "")
        how = f"shuffled{place[1]}, hash seed {number}"
        rounds.append(Round(how, shuffled, number, place[0]))
    if len(rounds) > _OTHER_DAY:
        how = "on another day in another time zone"
        rounds[_OTHER_DAY] = Round(how, planned, clock_ahead_s=CLOCK_AHEAD_S)
    elif len(rounds) > 1:
        last = rounds[-1]
        how = f"{last.how}, on another day in another time zone"
        rounds[-1] = replace(last, how=how, clock_ahead_s=CLOCK_AHEAD_S)
    if len(rounds) > 1:
        number = min(_OTHER_SHELL, len(rounds) - 1)
        how = f"{rounds[number].how}, in another's shell"
        rounds[number] = replace(rounds[number], how=how, is_in_another_shell=True)
    return rounds
