"""The exploration as a tree of rows: risks, boundaries, flows, modules, tests, assumptions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

from itc_tui.domain.vocabulary import Level
from itc_tui.ui.text import fit, plain, wrap
from itc_tui.ui.widgets.painting import Row, spread
from itc_tui.ui.words import say, told

if TYPE_CHECKING:
    from itc_tui.domain.exploration import CallSite, Exploration, IntegrationPoint

RISK_SIGNS = {Level.HIGH: ("▲", "bad"), Level.MEDIUM: ("△", "warn"), Level.LOW: ("·", "dim")}


@dataclass(frozen=True, slots=True)
class Branch:
    """One row of the tree, and what there is to know about it."""

    left: Row
    right: Row = ()
    is_heading: bool = False
    section: str = ""
    search: str = ""
    file: str = ""
    line: int = 0
    details: tuple[Row, ...] = ()

    def row(self, width: int, is_folded: bool) -> Row:
        if self.is_heading:
            return ((f"{'▸' if is_folded else '▾'} ", "faint"), *self.left, *self.right)
        return spread((("  ", ""), *self.left), self.right, width)


def branches(exploration: Exploration, width: int) -> list[Branch]:
    found: list[Branch] = []
    # One boundary has a row for each kind of call that crosses it; and of tests, what is known
    # of their style stands below their files.
    counts = {
        "boundaries": len(exploration.boundaries),
        "tests": len(exploration.existing_tests.test_files),
    }
    for section, items in (
        ("risks", _risks(exploration, width)),
        ("boundaries", _boundaries(exploration, width)),
        ("flows", _flows(exploration)),
        ("modules", _modules(exploration)),
        ("tests", _tests(exploration, width)),
        ("assumptions", [_words(text, "assumptions", width) for text in exploration.assumptions]),
        (
            "unreadable",
            [_words(text, "unreadable", width) for text in exploration.metadata.unreadable],
        ),
    ):
        if items:
            title = ((say(f"explore.{section}"), "heading"),)
            count = counts.get(section, len(items))
            found.append(Branch(title, ((f" {count}", "dim"),), True, section))
            found += items
    return found


def narrowed(found: list[Branch], needle: str, folded: Collection[str]) -> list[Branch]:
    """What holds the needle, under its headings; a heading that is shut opens for it."""
    if not needle:
        return [branch for branch in found if branch.is_heading or branch.section not in folded]
    shown: list[Branch] = []
    for heading in (branch for branch in found if branch.is_heading):
        own = [one for one in found if one.section == heading.section and not one.is_heading]
        if hits := [one for one in own if needle.lower() in one.search.lower()]:
            count = say("explore.of", found=len(hits), total=len(own))
            shown += [replace(heading, right=((f" {count}", "dim"),)), *hits]
    return shown


def summary(exploration: Exploration) -> str:
    return say(
        "explore.summary",
        files=exploration.metadata.files_analyzed,
        boundaries=len(exploration.boundaries),
        risks=len(exploration.risk_areas),
    )


def levels(exploration: Exploration) -> dict[str, Level]:
    """How risky each area is; an area is a boundary or a module that is called."""
    return {risk.area: Level(risk.priority) for risk in exploration.risk_areas}


def near_side(point: IntegrationPoint) -> str:
    """The calling module by its name; callers from outside in the person's language."""
    return plain(told(point.from_module) if point.is_face else point.from_module)


def _risks(exploration: Exploration, width: int) -> list[Branch]:
    # Where nobody calls it, what it calls itself leads to its source.
    places = {point.from_module: point for point in reversed(exploration.integration_points)}
    places |= {point.to_module: point for point in reversed(exploration.integration_points)}
    places |= {point.name: point for point in exploration.integration_points}
    found = []
    for risk in exploration.risk_areas:
        sign, paint = RISK_SIGNS[Level(risk.priority)]
        point = places.get(risk.area)
        site = _first_site(point)
        details = _wrapped(told(risk.reason), width)
        found.append(
            Branch(
                (
                    (f"{sign} ", paint),
                    (plain(risk.area), ""),
                    (f"  {plain(told(risk.reason))}", "dim"),
                ),
                section="risks",
                search=f"{risk.area} {risk.reason} {told(risk.reason)}",
                details=(*details, *(_point_details(point) if point else ())),
                file=site.file if site else "",
                line=site.line if site else 0,
            )
        )
    return found


def _boundaries(exploration: Exploration, width: int) -> list[Branch]:
    risks = levels(exploration)
    points = exploration.integration_points
    column = max((cell_len(near_side(point)) for point in points), default=0)
    other = max((cell_len(plain(point.to_module)) for point in points), default=0)
    found = []
    for point in points:
        site = _first_site(point)
        level = risks.get(point.name) or risks.get(point.to_module)
        sign, paint = RISK_SIGNS[level] if level else (" ", "")
        row: Row = (
            (f"{sign} ", paint),
            (fit(near_side(point), min(column, width // 3)), "dim" if point.is_face else ""),
            (" → ", "faint"),
            (fit(plain(point.to_module), min(other, width // 3)), "dim" if point.is_outer else ""),
            (f"  {plain(told(point.contract))}" if width > 60 else "", "faint"),
        )
        found.append(
            Branch(
                row,
                ((say(f"kind.{point.kind}"), "dim"),),
                section="boundaries",
                search=f"{point.name} {point.kind} {point.contract}",
                details=_point_details(point),
                file=site.file if site else "",
                line=site.line if site else 0,
            )
        )
    return found


def _flows(exploration: Exploration) -> list[Branch]:
    return [
        Branch(
            ((plain(flow.name), ""), (f"  {plain(' → '.join(flow.path))}", "dim")),
            section="flows",
            search=f"{flow.name} {' '.join(flow.path)}",
            details=tuple(
                ((f"{number}. {plain(told(step))}", "dim"),)
                for number, step in enumerate(flow.transforms, 1)
            ),
        )
        for flow in exploration.data_flows
    ]


def _modules(exploration: Exploration) -> list[Branch]:
    structure, needs = exploration.module_structure, exploration.dependencies
    return [
        Branch(
            ((fit(say(f"module.{word}"), 12), "dim"), (plain(", ".join(map(told, names))), "")),
            section="modules",
            search=" ".join(names),
            details=tuple(((plain(told(name)), ""),) for name in names),
        )
        for word, names in (
            ("entry", structure.entry_points),
            ("public", structure.public_apis),
            ("internal", structure.internal_modules),
            ("uses", needs.upstream),
            ("used_by", needs.downstream),
            ("outside", needs.external_services),
        )
        if names
    ]


def _tests(exploration: Exploration, width: int) -> list[Branch]:
    known, framework = exploration.existing_tests, exploration.test_framework
    lines = [*known.utilities] if known.test_files else [say("explore.no_tests")]
    if known.patterns or known.mocking_conventions:
        conventions = filter(None, (*known.patterns, known.mocking_conventions))
        lines.append(", ".join(map(told, conventions)))
    if framework.runner:
        lines.append(framework.runner)
    files = [replace(_words(file, "tests", width), file=file, line=1) for file in known.test_files]
    return [*files, *(_words(line, "tests", width) for line in lines)]


def _words(text: str, section: str, width: int) -> Branch:
    shown = told(text)
    return Branch(
        ((plain(shown), ""),),
        section=section,
        search=f"{text} {shown}",
        details=_wrapped(shown, width),
    )


def _first_site(point: IntegrationPoint | None) -> CallSite | None:
    return point.sites[0] if point and point.sites else None


def _caller(point: IntegrationPoint, site: CallSite) -> str:
    return near_side(point) if point.is_face else plain(site.caller)


def _point_details(point: IntegrationPoint) -> tuple[Row, ...]:
    rows: list[Row] = [((plain(told(point.contract)), "accent"),)] if point.contract else []
    for site in point.sites:
        rows.append(
            (
                (f"{plain(site.file)}:{site.line}  ", "dim"),
                (f"{_caller(point, site)} → {plain(site.callee)}", ""),
            )
        )
    return tuple(rows)


def _wrapped(text: str, width: int) -> tuple[Row, ...]:
    return tuple(((line, ""),) for line in wrap(plain(text), width - 2))
