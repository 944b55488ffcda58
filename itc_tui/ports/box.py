"""Where code runs that nobody vouches for."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any, Protocol

from pydantic import Field

from itc_tui.domain.record import Record


class BoxOrder(Record):
    """One script of ours to be run behind walls, with the target's interpreter."""

    script: str
    """Absolute path. Inside, `import itc_box` gives `send(dict)`, `payload` and `root`."""
    arguments: tuple[str, ...] = ()
    payload: Any = None
    """Handed to the script as JSON: `itc_box.payload`."""
    stdin: str | None = None
    """None closes it: whoever asks for input gets an end of file."""
    limit_s: float = 60.0
    memory_mb: int = 1024
    """For all its processes together."""
    output_limit: int = 8 * 1024 * 1024
    """Bytes printed before the run is ended."""
    overlays: Mapping[str, str | None] = Field(default_factory=dict)
    """Path in the scratch tree → its text for this order; None takes the file away."""
    environment: tuple[tuple[str, str], ...] = ()
    hash_seed: int = 0
    cwd: str = "."
    """Relative to the scratch tree."""
    clock_ahead_s: int = 0
    """The code sees a clock that is so far ahead, to show what leans on today's date."""
    refresh: bool = False
    """Take up what changed in the person's tree first."""


class BoxWalls(Record):
    """What really holds the code in; said to the person."""

    network: str = ""
    """`namespace` (the kernel), `guard` (inside Python only)."""
    writes: str = ""
    """`landlock` (the kernel), `guard` (inside Python only)."""
    notes: tuple[str, ...] = ()


class BoxReport(Record):
    exit_code: int | None = None
    """Negative for a signal; None when it was ended by us or never started."""
    ended_by: str = ""
    """`time`, `memory`, `processes`, `output`, or empty when it ended by itself."""
    output: str = ""
    """Head and tail of what it printed."""
    output_bytes: int = 0
    duration_s: float = 0.0
    walls: BoxWalls = BoxWalls()
    survivors_killed: int = 0
    """Processes that it left behind."""
    strays: tuple[str, ...] = ()
    """Modules that were loaded from the person's tree in spite of all; should be empty."""
    trouble: str = ""
    """Why the script could not be run at all; empty when it ran."""

    @property
    def is_clean(self) -> bool:
        return self.exit_code == 0 and not self.ended_by and not self.trouble


class Box(Protocol):
    """Runs code that nobody vouches for: no network, no writes outside, bounded, and gone after."""

    @property
    def tree(self) -> str:
        """Absolute path of the scratch copy that the code sees as its repository."""
        ...

    @property
    def hands(self) -> int:
        """How many processors may be kept busy at once."""
        ...

    def run(self, order: BoxOrder) -> Generator[dict[str, Any], None, BoxReport]:
        """Yields what the script sends, while it runs. Raises Stopped when the switch is pulled."""
        ...

    def run_all(
        self, orders: Sequence[BoxOrder]
    ) -> Generator[tuple[int, dict[str, Any]], None, tuple[BoxReport, ...]]:
        """Several at once, as far as there are hands; they share nothing that can be written.

        A message comes with the place of its order. All together get the memory of one; who was
        ended for want of it is run again by itself, and tells everything anew.
        """
        ...

    def close(self) -> None:
        """Remove the scratch copy."""
        ...
