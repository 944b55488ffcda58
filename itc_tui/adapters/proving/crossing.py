"""Which boundaries of the map a case crosses: those where it executed the line of a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from itc_tui.domain.exploration import Exploration


class Crossings:
    def __init__(self, exploration: Exploration, tree: str) -> None:
        self._sites: list[tuple[str, str, int]] = [
            (point.name, str(Path(tree, site.file)), site.line)
            for point in exploration.integration_points
            if not point.is_face  # its sites are definitions, which importing executes
            for site in point.sites
            if site.file and site.line
        ]

    @property
    def files(self) -> list[str]:
        """Whose lines have to be watched."""
        return sorted({file for _, file, _ in self._sites})

    def crossed(self, lines: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
        """`lines`: file → the lines that a case executed."""
        executed = {file: set(numbers) for file, numbers in lines.items()}
        return tuple(
            dict.fromkeys(
                name for name, file, line in self._sites if line in executed.get(file, ())
            )
        )
