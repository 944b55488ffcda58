"""Follows the calls of all modules, twice: the second time knowing what callers pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
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
    states = {name: one.digest for name, one in modules.items()}
    first, linked = yield from _pass("following calls", Names(facts, None, fixtures), states, store)
    tests = {name for name, one in modules.items() if one.is_test}
    passed = gathered([one for links in first.values() for one in links.arguments], tests)
    told = _told(passed)
    states = {
        name: digest_of(one.digest.encode(), told.get(name, [])) for name, one in modules.items()
    }
    second, relinked = yield from _pass(
        "following what is passed", Names(facts, passed, fixtures), states, store
    )
    return second, max(linked, relinked)


def _pass(
    what: str, names: Names, states: Mapping[str, str], store: FactStore
) -> Steps[tuple[dict[str, ModuleLinks], int]]:
    everyone = sorted(states)
    keys = {name: digest_of(state.encode(), what, everyone) for name, state in states.items()}
    known = store.load(keys.values())
    links: dict[str, ModuleLinks] = {}
    fresh: dict[str, Any] = {}
    for number, (name, key) in enumerate(keys.items()):
        if number % STEP == 0:
            yield Progressed(what=what, done=number, total=len(keys))
        found = _still_true(known.get(key), states)
        if found is None:
            names.memory.touched = 0
            found = link_module(names, name)
            leans_on = {other: states[other] for other in names.touched_modules()}
            fresh[key] = [leans_on, to_plain(found)]
        links[name] = found
    store.save(fresh, used=known)
    return links, len(fresh)


def _still_true(remembered: Any, states: Mapping[str, str]) -> ModuleLinks | None:
    """Remembered links, unless a module that they lean on has changed."""
    try:
        leans_on, plain = remembered
        if any(states[name] != state for name, state in leans_on.items()):
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
