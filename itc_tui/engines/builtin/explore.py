"""Explores a target from its source alone: boundaries, doors, flows, tests, risks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from itc_tui.domain.counting import counted
from itc_tui.domain.events import Progressed, WorkOutlined
from itc_tui.domain.exploration import (
    Dependencies,
    Exploration,
    ExplorationMetadata,
    IntegrationPoint,
    ModuleStructure,
)
from itc_tui.domain.requests import ExploreRequest
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.map.boundaries import face_points, inner_points, outer_points
from itc_tui.engines.builtin.map.churn import changes_per_file
from itc_tui.engines.builtin.map.collector import quiet_collector
from itc_tui.engines.builtin.map.configuration import configuration_of
from itc_tui.engines.builtin.map.contracts import data_contracts
from itc_tui.engines.builtin.map.entry_points import Door, find_doors, public_names
from itc_tui.engines.builtin.map.existing_tests import covered_names, describe_tests
from itc_tui.engines.builtin.map.flows import find_flows
from itc_tui.engines.builtin.map.indexing import index_target
from itc_tui.engines.builtin.map.plugin_groups import plugin_doors
from itc_tui.engines.builtin.map.risk import risk_areas
from itc_tui.engines.builtin.map.source_files import folders_of_others
from itc_tui.engines.builtin.map.source_index import SourceIndex
from itc_tui.engines.builtin.map.topic import Choice, choose_modules
from itc_tui.ports import Steps, as_step, heard_out

__all__ = ["SourceIndex", "build_index", "explore"]

UNSEEN = (
    "Calls were followed in the source alone: what is reached through getattr, plugins or"
    " injected objects of unknown type is not on the map."
)
NAMES_KEPT = 400
"""Of each kind; a list that nobody can read helps nobody."""
STAGES = ("boundaries", "entry points", "existing tests", "risks")


def explore(target: Target, request: ExploreRequest, cache_dir: Path | None) -> Steps[Exploration]:
    """The map of the modules that the request means, and of all around them."""
    yield WorkOutlined(steps=("reading", "linking", "mapping"))
    with quiet_collector():
        index = yield from index_target(target, cache_dir)
        return (yield from as_step("mapping", _mapped(index, request, target)))


def _mapped(index: SourceIndex, request: ExploreRequest, target: Target) -> Steps[Exploration]:
    yield _stage(0)
    choice = choose_modules(index, request.topic, request.modules, target.names)
    focus = set(choice.modules) or set(index.own_modules)
    outer = outer_points(index)
    faces = face_points(index, focus)
    reached = [one for one in outer if one.from_module in focus]
    yield _stage(1)
    doors = find_doors(index)
    yield _stage(2)
    existing, framework = describe_tests(index)
    covered = covered_names(index)
    yield _stage(3)
    changes = changes_per_file(Path(index.root))
    return Exploration(
        module_structure=_structure(index, [*doors, *plugin_doors(index, target.plugged)], focus),
        dependencies=_dependencies(index, reached, focus),
        integration_points=(*faces, *inner_points(index, focus), *reached),
        data_flows=tuple(find_flows(index, [door.target for door in doors], outer, focus)),
        existing_tests=existing,
        test_framework=framework,
        risk_areas=tuple(risk_areas(index, focus, outer, changes, covered)),
        metadata=_metadata(index, choice),
        data_contracts=tuple(data_contracts(index, focus))[:NAMES_KEPT],
        configuration=tuple(configuration_of(index, focus))[:NAMES_KEPT],
        assumptions=tuple(_assumptions(index, choice, bool(changes), faces)),
    )


def build_index(target: Target, cache_dir: Path | None) -> SourceIndex:
    """The facts under the map: every function with its signature, promises, callers and callees."""
    return heard_out(index_target(target, cache_dir))


def _stage(number: int) -> Progressed:
    return Progressed(what=f"mapping {STAGES[number]}", done=number, total=len(STAGES))


def _structure(index: SourceIndex, doors: list[Door], focus: set[str]) -> ModuleStructure:
    ours = [name for name in index.own_modules if name in focus]
    return ModuleStructure(
        entry_points=tuple(str(door) for door in doors)[:NAMES_KEPT],
        public_apis=tuple(public_names(index, ours))[:NAMES_KEPT],
        internal_modules=tuple(ours),
    )


def _dependencies(
    index: SourceIndex, reached: list[IntegrationPoint], focus: set[str]
) -> Dependencies:
    links = {(name, other) for name, others in index.imports.items() for other in others}
    links |= {(edge.caller_module, edge.callee_module) for edge in index.crossings}
    upstream = {other for name, other in links if name in focus} - focus
    downstream = {name for name, other in links if other in focus} - focus
    services = {f"{one.to_module} ({one.kind})" for one in reached}
    return Dependencies(
        upstream=tuple(sorted(upstream)),
        downstream=tuple(sorted(downstream)),
        external_services=tuple(sorted(services)),
    )


def _metadata(index: SourceIndex, choice: Choice) -> ExplorationMetadata:
    return ExplorationMetadata(
        files_analyzed=len(index.modules),
        timestamp=datetime.now(UTC).isoformat(timespec="seconds"),
        packages=index.packages,
        chosen_modules=choice.modules,
        chosen_because=choice.because,
        unreadable=tuple(index.unreadable),
    )


def _assumptions(
    index: SourceIndex, choice: Choice, has_history: bool, faces: list[IntegrationPoint]
) -> list[str]:
    assumed = [UNSEEN]
    if len(faces) == 1:
        assumed.append(
            f"{faces[0].to_module} stands alone, with no call between modules to integrate:"
            " its callers are its boundary."
        )
    elif faces:
        assumed.append(
            "No call joins these modules, so there is nothing inside to integrate:"
            " their callers are the boundary."
        )
    if not has_history:
        assumed.append(
            "There is no git history to read, so nothing is known of what changes often."
        )
    if not choice.modules:
        assumed.append("Nothing matched the description, so the map shows the whole target.")
    own_files = [index.modules[name].path for name in index.own_modules]
    if others := folders_of_others(Path(index.root), own_files):
        assumed.append(f"What others wrote is left alone: {', '.join(others)}.")
    if index.unreadable:
        lost = counted(len(index.unreadable), "file")
        assumed.append(f"{lost} could not be read; the metadata says which.")
    return assumed
