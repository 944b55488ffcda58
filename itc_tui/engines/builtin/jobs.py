"""What the box is asked to do, in the words that the program inside it reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.gather import Shown
from itc_tui.engines.builtin.inside.programs import Program

Job = dict[str, Any]


def to_search(
    target: Target,
    shown: Shown,
    modules: tuple[str, ...],
    budget_s: float,
    scripts: Collection[tuple[str, str]] = (),
    sites: Collection[tuple[str, int]] = (),
) -> Job:
    """`sites`: lines that call from one module into another."""
    return {
        "job": "search",
        "packages": list(target.packages),
        "modules": list(modules),
        "budget_s": budget_s,
        "words": shown.words,
        "texts": shown.texts,
        "phrases": shown.phrases,
        "commands": shown.commands,
        "scripts": [list(script) for script in scripts],
        "sites": sorted(sites),
        "variables": shown.variables,
        "evidence": shown.arguments,
        "definitions": [
            {"name": one.name, "program": one.program.as_json()} for one in shown.definitions
        ],
        "given": [
            {"name": example.origin, "program": example.program.as_json()}
            for example in shown.examples
        ],
    }


def to_observe(
    target: Target,
    programs: Mapping[str, Program],
    asks: Mapping[str, list[list[str]]] | None,
    *,
    together: bool,
    seed: int,
    limit_s: float,
) -> Job:
    return {
        "job": "observe",
        "packages": list(target.packages),
        "together": together,
        "budget_s": limit_s,
        "seed": seed,
        "programs": [
            {
                "id": ident,
                "program": program.as_json(),
                "asks": asks[ident] if asks is not None else None,
            }
            for ident, program in programs.items()
        ],
    }


def to_judge(
    target: Target, programs: Mapping[str, Program], shown: Collection[str], budget_s: float
) -> Job:
    return {
        "job": "judge",
        "packages": list(target.packages),
        "budget_s": budget_s,
        "programs": [
            {"id": ident, "program": program.as_json(), "shown": ident in shown}
            for ident, program in programs.items()
        ],
    }
