"""What a search found, looked at once more: whole programs, with all that may be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from itc_tui.domain.events import Noted
from itc_tui.engines.builtin.inside.programs import Program, from_json
from itc_tui.engines.builtin.inside.receivers import focus_as_seen
from itc_tui.engines.builtin.inside.tracing import FROM_OUTSIDE
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.slicing import slices, without_lost_definitions
from itc_tui.engines.builtin.subjects import is_public
from itc_tui.engines.builtin.witnesses import Witness, witness_of
from itc_tui.engines.builtin.writing.naming import listed
from itc_tui.ports import Steps, as_step

_MOST_LOOKED_AT = 900
_FEWEST_LOOKED_AT = 150
_EACH_CASE = 12
"""So many are looked at for each case that there is room for."""
_CHUNK = 12

Faces = Callable[[Sequence[Witness]], Mapping[str, str]]
"""Modules of which the callers are a boundary, by their files, once it is seen what is reached."""


def looked_at_again(
    laboratory: Laboratory, rows: list[dict[str, Any]], most_cases: int, open_faces: Faces
) -> Steps[list[Witness]]:
    most = min(_FEWEST_LOOKED_AT + _EACH_CASE * most_cases, _MOST_LOOKED_AT)
    looked = yield from as_step("observation", _looked_at(laboratory, rows, most))
    if not laboratory.faces and (opened := open_faces(looked)):
        yield Noted(text=_told_of(opened.values()))
        laboratory.faces = tuple(opened)
        looked = yield from as_step("observation", _seen_from_outside(laboratory, looked))
    if laboratory.faces:
        looked = [one for one in looked if is_public(one) or _is_within(one)]
    return looked


def _looked_at(
    laboratory: Laboratory, rows: list[dict[str, Any]], most: int
) -> Steps[list[Witness]]:
    """Every program again, what brought news first, as far as the number goes."""
    rows = sorted(rows, key=lambda row: not (row["arcs"] or row["edges"]))[:most]
    programs: dict[str, Program] = {}
    focus: dict[str, str] = {}
    for number, row in enumerate(rows):
        *_, whole = slices(from_json(row["program"]), row["error"])
        is_given = row["focus"].startswith("given:")
        programs[str(number)] = whole if is_given else without_lost_definitions(whole)
        focus[str(number)] = row["focus"]
    seen = yield from laboratory.observe(programs, seed=1, chunk=_CHUNK, limit_s=240)
    found = (
        witness_of(i, programs[i], focus_as_seen(focus[i], row.get("asked", {})), row)
        for i, row in seen.items()
    )
    return [witness for witness in found if witness is not None]


def _seen_from_outside(laboratory: Laboratory, looked: list[Witness]) -> Steps[list[Witness]]:
    """Those again that reach a module whose callers are a boundary from now on."""
    faces = laboratory.faces
    touched = {
        one.ident: one for one in looked if any(file.startswith(faces) for file, _ in one.lines)
    }
    programs = {ident: one.program for ident, one in touched.items()}
    rows = yield from laboratory.observe(programs, seed=1, chunk=_CHUNK, limit_s=240)
    again = {i: witness_of(i, programs[i], touched[i].focus, row) for i, row in rows.items()}
    seen = (again.get(one.ident) if one.ident in touched else one for one in looked)
    return [witness for witness in seen if witness is not None]


def _told_of(opened: Collection[str]) -> str:
    """Why tests are made of what no boundary of the map holds."""
    return (
        "Much was reached by no call between modules;"
        f" the callers of {listed(list(opened), 3)} are taken for a boundary too."
    )


def _is_within(witness: Witness) -> bool:
    """It crosses from one module of the target to another."""
    return any(edge[:2] != FROM_OUTSIDE for edge in witness.crossing)
