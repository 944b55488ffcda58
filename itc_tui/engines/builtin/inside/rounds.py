"""A search in rounds: children look side by side, and what they find is everyone's afterwards."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Dict, Iterator, List, Sequence, Tuple

from itc_tui.engines.builtin.inside import programs
from itc_tui.engines.builtin.inside.batches import hands, side_by_side
from itc_tui.engines.builtin.inside.importing import best_imports
from itc_tui.engines.builtin.inside.own_time import Allowance, Purse
from itc_tui.engines.builtin.inside.programs import Program, from_json
from itc_tui.engines.builtin.inside.saying import Said, shares
from itc_tui.engines.builtin.inside.search import Search
from itc_tui.engines.builtin.inside.surface import Surface
from itc_tui.engines.builtin.inside.trials import Trials

_ROUND_S = 2.5
_MOST_QUIET = 6
_GIVEN_AT_ONCE = 40
_SAYING_S = 5.0

Say = Callable[[Dict[str, Any]], None]
Given = Tuple[str, Program]


class Rounds:
    def __init__(self, search: Search, budget_s: float, say: Say) -> None:
        self._search, self._say = search, say
        self._hands = hands()
        self._purse = Purse(budget_s)
        self._number = 0

    def try_given(self, given: List[Given], surface: Surface, trials: Trials) -> None:
        """What documents show comes first, and all of it."""
        for at in range(0, len(given), _GIVEN_AT_ONCE):
            part = given[at : at + _GIVEN_AT_ONCE]

            def work(tell: Say, part: List[Given] = part) -> None:
                trials.is_patient = True
                for name, program in part:
                    lines = [one for line in program.imports for one in best_imports(line, surface)]
                    whole = program._replace(imports=tuple(dict.fromkeys(lines)))
                    self._search.unless_it_stumbles(try_one, name, whole, tell)

            def try_one(name: str, whole: Program, tell: Say) -> None:
                if self._search.attempt(whole, "given:" + name, [], None, tell):
                    return
                for shorter in _as_far_as_it_goes(whole, trials):
                    self._search.attempt(shorter, "given:" + name, [], None, tell)

            self._round(work, 1)

    def say_what_is_quoted(self) -> None:
        """As far as it goes in the time of a few rounds."""
        said = self._search.phrases_to_say()
        works = [partial(self._say_all, part) for part in shares(said, self._hands)]
        if said:
            self._round_of(works)

    def _say_all(self, said: List[Said], tell: Say) -> None:
        allowance = Allowance(_SAYING_S)
        for one in said:
            if allowance.is_spent:
                return
            self._search.unless_it_stumbles(self._search.say, one, tell)

    def search(self) -> None:
        """Until the budget is spent, or nothing new was seen for a while."""
        quiet = 0
        while self._purse.left_s and quiet < _MOST_QUIET:
            seconds = min(_ROUND_S, self._purse.left_s)
            before = self._reached
            self._round(partial(self._turn, seconds), self._hands)
            self._say({"progress": [round(self._purse.spent_s, 1), *self._sizes]})
            quiet = quiet + 1 if self._reached == before else 0

    def _turn(self, seconds: float, tell: Say) -> None:
        self._search.turn(Allowance(seconds), tell)

    @property
    def _reached(self) -> Tuple[int, int]:
        return len(self._search.arcs), len(self._search.edges)

    @property
    def _sizes(self) -> List[int]:
        return [len(self._search.kept), len(self._search.arcs)]

    def _round(self, work: Callable[[Say], None], count: int) -> None:
        self._round_of([work] * count)

    def _round_of(self, works: Sequence[Callable[[Say], None]]) -> None:
        children = [self._child(one, self._number + 1 + at) for at, one in enumerate(works)]
        self._number += len(works)
        about: Dict[int, str] = {}
        spent: List[float] = []
        for place, row in side_by_side(children):
            if "about" in row:
                about[place] = row["about"]
            elif "program" in row:
                if self._search.absorb(row):
                    self._say(row)
            elif "score" in row:
                self._search.learn(row)
            elif "spent" in row:
                spent.append(row["spent"])
            elif "died" in row:
                self._search.chances.avoid(about.get(place, ""))
                self._say({"lost": about.get(place, ""), "why": row["died"]})
        self._purse.pay(sum(spent) / len(spent))

    def _child(self, work: Callable[[Say], None], number: int) -> Callable[[Say], None]:
        def child(tell: Say) -> None:
            search = self._search
            programs.count_from(number * 100000)
            search.rng.seed(number * 7919)
            work(tell)
            score = [[*key, *value] for key, value in search.arguments.score.items()]
            tell({"score": score, "chances": search.chances.as_row(), "tried": search.tried})

        return child


def _as_far_as_it_goes(program: Program, trials: Trials) -> Iterator[Program]:
    """Up to what is refused, and what comes before it."""
    trials.is_patient = False  # what did not end will not end sooner
    failure = trials.run(program).outcome.failure
    trials.is_patient = True
    for end in (failure.at + 1, failure.at) if failure is not None else ():
        if 0 < end < len(program.steps):
            yield program._replace(steps=program.steps[:end])


def given_in(order: Dict[str, Any]) -> List[Given]:
    return [(row["name"], from_json(row["program"])) for row in order.get("given", [])]
