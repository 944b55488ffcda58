"""Follows the calls of all modules, twice: the second time knowing what callers pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from itc_tui.domain.events import Progressed
from itc_tui.engines.builtin.map.arguments import gathered
from itc_tui.engines.builtin.map.calls import link_module
from itc_tui.engines.builtin.map.fact_store import FactStore, digest_of
from itc_tui.engines.builtin.map.links import ModuleLinks, from_plain, to_plain
from itc_tui.engines.builtin.map.names import Names
from itc_tui.engines.builtin.map.source_index import Module
from itc_tui.engines.builtin.map.values import Value, Values
from itc_tui.ports import Steps

STEP = 50


def link_all(
    modules: dict[str, Module], store: FactStore
) -> Steps[tuple[dict[str, ModuleLinks], int]]:
    """The links of every module, and how many modules had to be followed anew."""
    facts = {name: one.facts for name, one in modules.items()}
    fixtures = _fixtures(modules)
    tests = frozenset(name for name, one in modules.items() if one.is_test)
    states = {name: one.digest for name, one in modules.items()}
    guessing = _Pass(
        "following calls", Names(facts, None, fixtures, tests), states, _arguments_only
    )
    first, linked = yield from guessing.run(store)
    passed = gathered([one for links in first.values() for one in links.arguments], tests)
    told = _told(passed)
    states = {
        name: digest_of(one.digest.encode(), told.get(name, [])) for name, one in modules.items()
    }
    knowing = _Pass(
        "following what is passed", Names(facts, passed, fixtures, tests), states, _all_but
    )
    second, relinked = yield from knowing.run(store)
    return second, max(linked, relinked)


def _arguments_only(links: ModuleLinks) -> ModuleLinks:
    return ModuleLinks(arguments=links.arguments)


def _all_but(links: ModuleLinks) -> ModuleLinks:
    links.arguments = []
    return links


@dataclass(frozen=True)
class _Pass:
    """All modules once; what is remembered and still true is not done again."""

    what: str
    names: Names
    states: Mapping[str, str]
    keeps: Callable[[ModuleLinks], ModuleLinks]

    def run(self, store: FactStore) -> Steps[tuple[dict[str, ModuleLinks], int]]:
        everyone = digest_of(self.what.encode(), sorted(self.states), sorted(self.names.properties))
        keys = {name: digest_of(state.encode(), everyone) for name, state in self.states.items()}
        known = store.load(keys.values())
        links: dict[str, ModuleLinks] = {}
        fresh: dict[str, Any] = {}
        for number, (name, key) in enumerate(keys.items()):
            if number % STEP == 0:
                yield Progressed(what=self.what, done=number, total=len(keys))
            found = self._still_true(known.get(key))
            if found is None:
                found, leans_on = self._followed(name)
                fresh[key] = [leans_on, to_plain(found)]
            links[name] = found
        store.save(fresh, used=known)
        return links, len(fresh)

    def _followed(self, name: str) -> tuple[ModuleLinks, dict[str, str]]:
        self.names.memory.touched = 0
        found = self.keeps(link_module(self.names, name))
        return found, {other: self.states[other] for other in self.names.touched_modules()}

    def _still_true(self, remembered: Any) -> ModuleLinks | None:
        """Remembered links, unless a module that they lean on has changed."""
        try:
            leans_on, plain = remembered
            if any(self.states[name] != state for name, state in leans_on.items()):
                return None
            return from_plain(plain)
        except (TypeError, ValueError, AttributeError, KeyError):
            return None


def _told(passed: Mapping[tuple[str, str, int], Values]) -> dict[str, list[Any]]:
    """By module, what is known of its parameters from elsewhere."""
    told: dict[str, list[Any]] = defaultdict(list)
    for (module, *place), values in sorted(passed.items(), key=lambda one: one[0]):
        told[module].append([place, values])
    return told


def _fixtures(modules: Mapping[str, Module]) -> dict[str, Values]:
    """pytest's fixtures by name."""
    found: dict[str, Values] = {}
    for name, module in modules.items():
        if module.is_test:
            for qual, function in module.facts.functions.items():
                if any("fixture" in one.text.split("(")[0] for one in function.decorators):
                    plain = qual.rpartition(".")[2]
                    found[plain] = (*found.get(plain, ()), Value("function", name, qual))
    return found
