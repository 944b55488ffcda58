"""Feedback-directed search: calls are composed and mutated, and kept when they reach new code."""

from __future__ import annotations

import random
import re
import sys
import time
from typing import Any, Callable, Dict, List, Optional, Set, Tuple

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.faces import mark_of
from itc_tui.engines.builtin.inside.following import to_call
from itc_tui.engines.builtin.inside.handing import Handing, fixed_part, given_in
from itc_tui.engines.builtin.inside.literals import written
from itc_tui.engines.builtin.inside.patterns import fitting_texts
from itc_tui.engines.builtin.inside.pool import Held, Kept, Pool
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh, from_json
from itc_tui.engines.builtin.inside.shapes import (
    arguments_in,
    called_in,
    lines_of,
    made_by,
    pairs_of,
    short_name,
    stem_of,
    with_step,
)
from itc_tui.engines.builtin.inside.surface import Entry, Surface
from itc_tui.engines.builtin.inside.texts import Words, is_text, mutated_number, pick
from itc_tui.engines.builtin.inside.tracing import Tracer
from itc_tui.engines.builtin.inside.trials import Raised, Trial, Trials, is_sound, refusal_in

_MAX_STEPS = 9
_VARIANTS = 10
_FOLLOWED = 0.6
_CONSTANT = re.compile(r"'(?:[^'\\]|\\.)*'|\b\d+(?:\.\d+)?\b")

Say = Callable[[Dict[str, Any]], None]


class Search:
    def __init__(
        self,
        surface: Surface,
        trials: Trials,
        tracer: Tracer,
        order: Dict[str, Any],
        seed: int,
    ) -> None:
        self._surface, self._trials, self._tracer = surface, trials, tracer
        self.rng = random.Random(seed)
        self.pool = Pool(self.rng)
        self._handing = Handing(order, self.pool, self.rng)
        fitting = fitting_texts(surface.modules, self.rng)
        self._words = Words(order.get("words", {}), order.get("texts", []), fitting, self.rng)
        self._words.commands = order.get("commands", [])
        self.arguments = Arguments(
            surface, self.pool, self._words, order.get("evidence", {}), self.rng
        )
        self.arcs: Set[Tuple[str, int, int]] = set()
        self.edges: Set[Tuple[str, ...]] = set()
        self.lines: Set[Tuple[str, int]] = set()
        self.kept: List[Kept] = []
        self._gainers: List[Kept] = []
        self._seen: Dict[str, Set[str]] = {}
        self._stale: Dict[str, float] = {}
        self._weights: List[float] = []
        self._tops = {module.__name__.split(".")[0] for module in surface.modules}
        self._own_lines = {target.ident: lines_of(target, tracer) for target in surface.callables}
        self._undoing = pairs_of(surface.callables)
        self._focus_of = {short_name(target): target.ident for target in surface.callables}
        self._doors = {one.ident: one for one in surface.callables if one.compose is not None}
        self._modules: List[str] = order.get("modules", [])
        self.tried = 0

    # -- turns --------------------------------------------------------------
    def turn(self, until: float, say: Say) -> None:
        while time.monotonic() < until:
            self.tried += 1
            if self.tried % 40 == 1 or not self._weights:
                self._weigh()
            if not self._weights:
                return
            target = self._surface.callables[pick(self.rng, self._weights)]
            if self._undoing and self.kept and self.rng.random() < 0.06:
                self._undo(say)
            elif self._gainers and self.rng.random() < 0.35:
                self._mutate(say)
            else:
                self._compose(target, say)

    @property
    def staleness(self) -> Dict[str, float]:
        return self._stale

    def learn(self, row: Dict[str, Any]) -> None:
        """Take over what a child came to know of chances."""
        for ident, name, tag, tries, wins in row["score"]:
            self.arguments.score[(ident, name, tag)] = [tries, wins]
        self._stale.update(row["stale"])
        self.tried = row["tried"]

    def avoid(self, focus: str) -> None:
        self._stale[focus] = self._stale.get(focus, 0.0) + 500

    def _weigh(self) -> None:
        self._weights = []
        for target in self._surface.callables:
            own = self._own_lines[target.ident]
            missing = len(own - self.lines)
            share = missing / len(own) if own else 0.1
            stale = self._stale.get(target.ident, 0.0)
            wanted = 1.0 if self._is_wanted(target.ident.partition(":")[0]) else 0.25
            self._weights.append(target.shown * wanted * (0.15 + 2 * share) / (1 + stale / 6))

    def _is_wanted(self, module: str) -> bool:  # none was asked for, or this one was
        inside = (module + ".").startswith
        return not self._modules or any(inside(name + ".") for name in self._modules)

    def _compose(self, target: Entry, say: Say) -> None:
        made = self.call_of(target)
        if made is None:
            self._stale[target.ident] = self._stale.get(target.ident, 0.0) + 0.5
            return
        program, used = made
        self.attempt(program, target.ident, used, target, say)

    def call_of(self, target: Entry) -> Optional[Tuple[Program, List[Tuple[str, str]]]]:
        receiver = Program()
        name = ""
        if target.compose is not None:
            made: Optional[Tuple[Program, List[Tuple[str, str]]]] = target.compose(self.arguments)
            return made
        if target.owner is not None:
            held = self.pool.of_type(target.owner)
            if held is None:
                return None
            receiver, name = held.program, held.name
        call = self.arguments.call(target) if target.func is not None else (Program(), "", [])
        if call is None:
            return None
        setup, text, used = call
        whole = receiver.beside(setup)
        if whole is None or len(whole.steps) >= _MAX_STEPS:
            return None
        if target.kind == "operator":
            parts = arguments_in(text)
            if parts == [name] or target.template.count("{") > 1 + len(parts):
                return None  # a thing beside itself shows nothing
            code = target.template.format(name, *parts)
        else:
            code = target.template.replace("{0}", name).replace("...", text)
        imports = (target.imports,) if target.imports else ()
        is_statement = code.startswith("del ") or target.template == "{0}[{1}] = {2}"
        var = "" if is_statement else fresh(stem_of(target))
        return whole.then(Step(var, code), imports), used

    def _mutate(self, say: Say) -> None:
        gained = self.rng.random() < 0.7
        kept = self.rng.choice((self._gainers if gained else self.kept)[-250:])
        places = [
            (index, match)
            for index, step in enumerate(kept.program.steps)
            if step.kind != "raw"
            for match in _CONSTANT.finditer(step.code)
            if match.start() >= fixed_part(step)
        ]
        if not places:
            return
        focus = kept.focus
        if focus in self._doors:  # a changed letter of a command or a path says nothing
            self._compose(self._doors[focus], say)
            return
        if focus.startswith("given:"):  # changed, it is no longer what the document shows
            focus = self._focus_of.get(called_in(kept.program.steps[-1].code), "")
            if not focus:
                return
        index, match = self.rng.choice(places)
        old = match.group()
        if is_text(old):
            try:
                module = kept.focus.partition(":")[0]
                new = repr(self._words.mutated(eval(old), module))  # a literal, by the pattern
            except (SyntaxError, ValueError):
                return
        else:
            new = mutated_number(old, self.rng)
        code = kept.program.steps[index].code
        code = code[: match.start()] + new + code[match.end() :]
        steps = with_step(kept.program.steps, index, code)
        self.attempt(kept.program._replace(steps=steps), focus, [], None, say)

    def _undo(self, say: Say) -> None:
        """Take back what an earlier call did: what comes out should be what went in."""
        kept = self.rng.choice(self.kept)
        partners = self._undoing.get(kept.focus)
        last = kept.program.steps[-1]
        if not partners or kept.is_error or last.kind != "do":
            return
        target = self.rng.choice(partners)
        handed = [last.var] if last.var else []
        handed += [
            part for part in arguments_in(last.code.partition("(")[2][:-1]) if "path" in part
        ]
        if not handed:
            return
        receiver, name = Program(), ""
        if target.owner is not None:
            held = self.pool.of_type(target.owner)
            if held is None:
                return
            receiver, name = held.program, held.name
        whole = kept.program.beside(receiver)
        if whole is None:
            return
        argument = self.rng.choice(handed)
        code = target.template.replace("{0}", name).replace("...", argument)
        imports = (target.imports,) if target.imports else ()
        program = whole.then(Step(fresh(stem_of(target)), code), imports)
        self.attempt(program, target.ident, [], None, say)

    # -- one attempt --------------------------------------------------------
    def attempt(
        self,
        program: Program,
        focus: str,
        used: List[Tuple[str, str]],
        target: Optional[Entry],
        say: Say,
    ) -> bool:
        say({"about": focus})
        trial = self._trials.settled(self._handing.run(program, self._trials))
        program = trial.program
        raised = refusal_in(trial, self._tracer, self._tops)
        is_good = is_sound(trial, self._tracer, self._tops) and (
            trial.outcome.failure is None or raised is not None
        )
        if target is not None:
            self.arguments.learn(target, used, is_good)
        is_kept = is_good and self._take(trial, focus, raised, say)
        if not is_kept:
            self._stale[focus] = self._stale.get(focus, 0.0) + 1
        if is_good and raised is None and self.rng.random() < _FOLLOWED:
            self._follow(trial, focus, say)
        return is_kept

    def _take(self, trial: Trial, focus: str, raised: Optional[Raised], say: Say) -> bool:
        """False for what shows nothing new."""
        new_arcs = trial.footprint.arcs - self.arcs
        gained = bool(new_arcs) or bool(trial.footprint.edges - self.edges)
        if not (gained or self._is_other(trial, focus, raised)):
            return False
        if gained:
            self._stale[focus] = 0.0
        is_door = focus in self._doors and self._doors[focus].kind == "door"
        row = {
            "program": trial.program.as_json(),
            "focus": focus,
            "error": raised is not None,
            "arcs": sorted(new_arcs),
            "edges": sorted(trial.footprint.edges - self.edges),
            "made": made_by(trial, self._tops) if raised is None and not is_door else [],
        }
        self.absorb(row)
        say(row)
        return True

    def _follow(self, trial: Trial, focus: str, say: Say) -> None:
        if focus.startswith("given:"):
            focus = self._focus_of.get(called_in(trial.program.steps[-1].code), "")
        entry = to_call(trial, focus, self._surface) if focus else None
        call = self.arguments.call(entry) if entry is not None else None
        whole = trial.program.beside(call[0]) if call is not None else None
        if entry is None or call is None or whole is None or len(whole.steps) >= _MAX_STEPS:
            return
        step = Step(fresh("got_" + short_name(entry)), entry.template.replace("...", call[1]))
        self.attempt(whole.then(step), focus, call[2], entry, say)

    def _is_other(self, trial: Trial, focus: str, raised: Optional[Raised]) -> bool:
        """An outcome that this callable has not shown before."""
        if raised is not None:
            mark = "raises %s %s" % (raised.kind.__name__, re.sub(r"\W.*", "", raised.message))
        else:
            mark = mark_of(trial.outcome.values[-1]) or self._written(trial)
        seen = self._seen.setdefault(focus, set())
        if not mark or mark in seen or len(seen) >= _VARIANTS:
            return False
        seen.add(mark)
        return True

    def _written(self, trial: Trial) -> str:
        value = trial.outcome.values[-1]
        text = written(value, self._surface, 300)
        given = given_in(trial.program)
        if text is not None:
            return text.code if len(text.code) > 1 or given else ""
        if given:  # what was made with a fixture serves where what was made without it does not
            return "given " + given
        own = type(value).__module__.split(".")[0] in self._tops
        return "" if not own or self.pool.of_type(type(value)) else "the first of its kind"

    def absorb(self, row: Dict[str, Any]) -> bool:
        """Take over what an attempt found; False when it is known from another child."""
        arcs = {(file, one, two) for file, one, two in row["arcs"]}
        edges = {tuple(edge) for edge in row["edges"]}
        program = from_json(row["program"])
        if (arcs or edges) and arcs <= self.arcs and edges <= self.edges:
            return False
        self.kept.append(Kept(program, row["focus"], row["error"]))
        if row["arcs"]:
            self._gainers.append(self.kept[-1])
        self.arcs |= arcs
        self.lines.update((file, line) for file, _, line in arcs)
        self.edges |= edges
        for name, module, qualname, literal in row["made"]:
            kind: Any = sys.modules.get(module)
            for part in qualname.split("."):
                kind = getattr(kind, part, None)
            if isinstance(kind, type):
                for entry in self._surface.meet(kind):
                    self._own_lines[entry.ident] = lines_of(entry, self._tracer)
                    self._focus_of.setdefault(short_name(entry), entry.ident)
                self.pool.add(kind, Held(Program() if literal else program, name))
        return True
