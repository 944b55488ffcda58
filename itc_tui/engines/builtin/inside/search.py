"""Feedback-directed search: calls are composed and mutated, and kept when they reach new code."""

from __future__ import annotations

import random
from typing import Any, Callable, Dict, List, Optional, Set, Tuple

from itc_tui.engines.builtin.inside.aims import Aims
from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.chances import Chances
from itc_tui.engines.builtin.inside.changing import Changes, data_in, texts_of
from itc_tui.engines.builtin.inside.composing import Composer
from itc_tui.engines.builtin.inside.declared import DECLARED, Declared
from itc_tui.engines.builtin.inside.entered import used_inside
from itc_tui.engines.builtin.inside.following import members_of, to_call, told_in
from itc_tui.engines.builtin.inside.frontier import Frontier
from itc_tui.engines.builtin.inside.gates import gates_of
from itc_tui.engines.builtin.inside.handing import Handing
from itc_tui.engines.builtin.inside.independence import independent
from itc_tui.engines.builtin.inside.marks import Marks
from itc_tui.engines.builtin.inside.more_options import MoreOptions
from itc_tui.engines.builtin.inside.own_time import Allowance
from itc_tui.engines.builtin.inside.patterns import fitting_texts
from itc_tui.engines.builtin.inside.pool import Held, Kept, Pool
from itc_tui.engines.builtin.inside.programs import Program, from_json
from itc_tui.engines.builtin.inside.saying import Said, to_say
from itc_tui.engines.builtin.inside.shapes import called_in, lines_of, made_by, short_name
from itc_tui.engines.builtin.inside.stumbling import is_done
from itc_tui.engines.builtin.inside.surface import Entry, Surface
from itc_tui.engines.builtin.inside.texts import pick, words_of
from itc_tui.engines.builtin.inside.tracing import Tracer
from itc_tui.engines.builtin.inside.trials import (
    Raised,
    Trial,
    Trials,
    is_a_wrap_itself,
    is_sound,
    refusal_in,
)

_DEAR = 12
"""What ran until it was stopped took the time of so many others, and more."""
_FOLLOWED = 0.6
_USED, _USED_AT_ONCE = 0.3, 3
"""Of the objects that come of a call, so many are used there and then; of a quotation, so often."""
_KEPT_WHOLE = 0.5
"""Of the target's own objects that something can be taken out of, so many stay as they are."""
_AIMED = 0.4
"""Of the changes, so many to what came near to a call between modules that nothing made yet."""
_UNDOING, _AT_GATES, _CHANGING = 0.06, 0.22, 0.5
"""Up to where a throw of the dice means what; from there on a call is composed."""

Say = Callable[[Dict[str, Any]], None]


class Search:
    def __init__(
        self,
        surface: Surface,
        trials: Trials,
        tracer: Tracer,
        order: Dict[str, Any],
        seed: int,
        declared: Optional[Declared] = None,
    ) -> None:
        self._declared = declared or Declared()
        self._surface, self._trials, self._tracer = surface, trials, tracer
        self.rng = random.Random(seed)
        self.pool = Pool(self.rng)
        self._handing = Handing(order, self.pool, self.rng)
        evidence = order.get("evidence", {})
        fitting = fitting_texts(surface.modules, order.get("words", {}), self.rng)
        self._words = words_of(order, fitting, self.rng)
        self.arguments = Arguments(surface, self.pool, self._words, evidence, self.rng)
        self.arguments.parameters.declared = self._declared.programs
        self._composer = Composer(surface, self.pool, self.arguments, self.rng)
        more = MoreOptions(surface.callables, self.arguments, self.rng)
        self._changes = Changes(self._words, self.arguments.reshaper, self.rng, more)
        sites = {(file, line) for file, line in order.get("sites", ())}
        self._aims = Aims(sites, surface.modules, tracer.relative, self.rng)
        self._frontier = Frontier(gates_of(surface.modules, tracer.relative), self.rng)
        self.arcs: Set[Tuple[str, int, int]] = set()
        self.edges: Set[Tuple[str, ...]] = set()
        self.lines: Set[Tuple[str, int]] = set()
        self.kept: List[Kept] = []
        self._gainers: List[Kept] = []
        self._weights: List[float] = []
        self._tops = {module.__name__.split(".")[0] for module in surface.modules}
        self._marks = Marks(surface, self.pool, self._tops)
        own_lines = {target.ident: lines_of(target, tracer) for target in surface.callables}
        self.chances = Chances(own_lines, order.get("modules", []), self._aims)
        self._focus_of = {short_name(target): target.ident for target in surface.callables}
        composed = [one for one in surface.callables if one.compose is not None]
        self._doors = {one.ident: one for one in composed if one.kind != DECLARED}
        self.tried = 0
        self._about = ""
        """What is being tried, by its ident."""

    def turn(self, allowance: Allowance, say: Say) -> None:
        while not allowance.is_spent:
            self.tried += 1
            if self.tried % 40 == 1 or not self._weights:
                self._weigh()
            if not self._weights:
                return
            self.unless_it_stumbles(self._one_more, say)

    def unless_it_stumbles(self, work: Callable[..., Any], *args: Any) -> None:
        if not is_done(work, *args):
            self.chances.failed(self._about, _DEAR)

    def _one_more(self, say: Say) -> None:
        chance = self.rng.random()
        if chance < _UNDOING and self._composer.can_undo and self.kept:
            self._undo(say)
        elif chance < _AT_GATES and self._try_gate(say):
            return
        elif chance < _CHANGING and self._gainers:
            self._mutate(say)
        else:
            self._compose(self._surface.callables[pick(self.rng, self._weights)], say)

    def say(self, said: Said, say: Say) -> None:
        """What a document quotes, and what can be done with what comes of it."""
        made = self._composer.saying(said.reader, repr(said.phrase))
        if made is None or not self.attempt(made, said.reader.ident, [], None, say):
            return
        trial = self._trials.settled(self._handing.run(made, self._trials))
        for _ in range(_USED_AT_ONCE if is_sound(trial, self._tracer, self._tops) else 0):
            self._use(trial, trial.program.steps[-1].var, say)

    def phrases_to_say(self) -> List[Said]:
        return to_say(self._surface.callables, self.arguments.parameters, self._words.phrases)

    def learn(self, row: Dict[str, Any]) -> None:
        """Take over what a child came to know of chances."""
        for ident, name, tag, tries, wins in row["score"]:
            self.arguments.score[(ident, name, tag)] = [tries, wins]
        self.chances.learn(row["chances"])
        self.tried = row["tried"]

    def _weigh(self) -> None:
        self._words.wanted = self._frontier.look(self.lines)
        self._aims.look(self.lines)
        self._weights = self.chances.weights(self._surface.callables, self.lines)

    def _compose(self, target: Entry, say: Say) -> None:
        self._about = target.ident
        made = self._composer.call_of(target)
        if made is None:
            self.chances.failed(target.ident, 0.5)
            return
        self.attempt(made.program, target.ident, made.used, target, say)

    def _mutate(self, say: Say) -> None:
        gained = self.rng.random() < 0.7
        kept = self._aims.next() if self.rng.random() < _AIMED else None
        kept = kept or self.rng.choice((self._gainers if gained else self.kept)[-250:])
        if kept.focus in self._doors:  # a changed letter of a command or a path says nothing
            self._compose(self._doors[kept.focus], say)
            return
        focus = self._focus_when_changed(kept)
        program = self._changes.changed(kept) if focus else None
        if program is not None:
            self.attempt(program, focus, [], None, say)

    def _try_gate(self, say: Say) -> bool:
        """Say the word that is asked for where an earlier program came."""
        found = self._frontier.next()
        focus = self._focus_when_changed(found[1]) if found else ""
        if found is None or not focus or focus in self._doors:
            return False
        gate, kept = found
        program = self._changes.saying(gate.word, kept)
        if program is not None:
            self.attempt(program, focus, [], None, say)
        return program is not None

    def _focus_when_changed(self, kept: Kept) -> str:
        """Changed, an example is no longer what the document shows."""
        if not kept.focus.startswith("given:"):
            return kept.focus
        return self._focus_of.get(called_in(kept.program.steps[-1].code), "")

    def _undo(self, say: Say) -> None:
        made = self._composer.undone(self.rng.choice(self.kept))
        if made is not None:
            self.attempt(made[0], made[1].ident, [], None, say)

    def attempt(
        self,
        program: Program,
        focus: str,
        used: List[Tuple[str, str]],
        target: Optional[Entry],
        say: Say,
    ) -> bool:
        self._about = focus
        say({"about": focus})
        trial = self._handing.run(program, self._trials, focus)
        if not (is_a_wrap_itself(trial, self._tops) and self.rng.random() < _KEPT_WHOLE):
            trial = self._trials.settled(trial)
        program = trial.program
        raised = refusal_in(trial, self._tracer, self._tops)
        is_good = is_sound(trial, self._tracer, self._tops) and (
            trial.outcome.failure is None or raised is not None
        )
        if target is not None:
            self.arguments.learn(target, used, is_good)
        is_kept = is_good and self._take(trial, focus, raised, say)
        if not is_kept:
            self.chances.failed(focus, _DEAR if trial.is_endless else 1)
        if is_good and raised is None and self.rng.random() < _FOLLOWED:
            self._follow(trial, focus, say)
        return is_kept

    def _take(self, trial: Trial, focus: str, raised: Optional[Raised], say: Say) -> bool:
        """False for what shows nothing new."""
        new_arcs = trial.footprint.arcs - self.arcs
        gained = bool(new_arcs) or bool(trial.footprint.edges - self.edges)
        mark = "" if gained else self._marks.of(trial, focus, raised)
        if not (gained or mark):
            return False
        if gained:
            self.chances.won(focus)
        is_door = focus in self._doors and self._doors[focus].kind == "door"
        row = {
            "program": trial.program.as_json(),
            "focus": focus,
            "mark": mark,
            "error": raised is not None,
            "arcs": sorted(new_arcs),
            "edges": sorted(trial.footprint.edges - self.edges),
            "before": self._frontier.reached_by(trial.footprint.lines),
            "near": self._aims.reached_by(trial.footprint.lines),
            "made": made_by(trial, self._tops) if raised is None and not is_door else [],
        }
        self.absorb(row)
        say(row)
        return True

    def _follow(self, trial: Trial, focus: str, say: Say) -> None:
        inside = used_inside(trial, self.arguments, self._surface.tops, self.rng)
        if inside is not None:
            self.attempt(inside.program, inside.focus, inside.used, inside.entry, say)
            return
        told = told_in(trial)
        if told:
            self._use(trial, told, say)
            return
        if focus.startswith("given:"):
            focus = self._focus_of.get(called_in(trial.program.steps[-1].code), "")
        entry = to_call(trial, focus, self._surface, self.rng) if focus else None
        made = self._composer.followed(trial.program, entry) if entry is not None else None
        if made is not None:
            self.attempt(made.program, focus, made.used, entry, say)
        elif entry is None and self.rng.random() < _USED:
            self._use(trial, trial.program.steps[-1].var, say)

    def _use(self, trial: Trial, name: str, say: Say) -> None:
        """A command showed nothing new by itself; another call on the same object may."""
        members = members_of(trial.outcome.space.get(name), self._surface) if name else []
        if not members:
            return
        weights = self.chances.weights(members, self.lines)
        entry = members[pick(self.rng, weights)]
        made = self._composer.call_of(entry, (trial.program, name))
        if made is not None:
            self.attempt(made.program, entry.ident, made.used, entry, say)

    def absorb(self, row: Dict[str, Any]) -> bool:
        """Take over what an attempt found; False when it is known from another child."""
        arcs = {(file, one, two) for file, one, two in row["arcs"]}
        edges = {tuple(edge) for edge in row["edges"]}
        program = from_json(row["program"])
        if (arcs or edges) and arcs <= self.arcs and edges <= self.edges:
            return False
        if not (arcs or edges) and not self._marks.take(row["focus"], row["mark"]):
            return False
        self.kept.append(Kept(program, row["focus"], row["error"]))
        self._frontier.take(self.kept[-1], [(file, line) for file, line in row["before"]])
        self._aims.take(self.kept[-1], [(file, line) for file, line in row["near"]])
        if row["arcs"]:
            self._gainers.append(self.kept[-1])
            self._words.take(texts_of(program))
            self.arguments.reshaper.take(data_in(program))
        self.arcs |= arcs
        self.lines.update((file, line) for file, _, line in arcs)
        self.edges |= edges
        for name, module, qualname, literal in row["made"]:
            kind = self._declared.kind_at(module, qualname)
            if kind is not None:
                for entry in self._surface.meet(kind):
                    self.chances.own_lines[entry.ident] = lines_of(entry, self._tracer)
                    self._focus_of.setdefault(short_name(entry), entry.ident)
                held = Held(Program(), name) if literal else independent(program, name)
                self.pool.keep(kind, held, row["focus"], is_literal=literal)
        return True
