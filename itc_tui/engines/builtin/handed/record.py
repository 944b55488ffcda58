"""All that the tests of one plan may be handed, kept beside the plan."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from itc_tui.engines.builtin.handed.fixtures import UsableFixture
from itc_tui.engines.builtin.stand_ins.stand_in import StandIn
from itc_tui.engines.builtin.witnesses import Line

_FILE = "handed.json"


@dataclass(frozen=True)
class Handed:
    fixtures: tuple[UsableFixture, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()

    def for_box(self) -> dict[str, Any]:
        return {
            "fixtures": [
                {"name": one.name, "file": one.file, "kind": list(one.kind)}
                for one in self.fixtures
            ],
            # What only puts things back is asked for where that is seen to be needed.
            "stand_ins": [
                asdict(one if one.outside else replace(one, sites=())) for one in self.stand_ins
            ],
        }

    @property
    def keeper(self) -> StandIn | None:
        """What puts back the state of the target's modules."""
        return next((one for one in self.stand_ins if not one.outside), None)

    @property
    def sites(self) -> frozenset[Line]:
        """Outer edges that a case can cross by a stand-in."""
        return frozenset(
            line for one in self.stand_ins if one.outside not in ("clock", "") for line in one.sites
        )

    def fixture(self, name: str) -> UsableFixture | None:
        return next((one for one in self.fixtures if one.name == name), None)

    def stand_in(self, name: str) -> StandIn | None:
        return next((one for one in self.stand_ins if one.name == name), None)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        body = {
            "fixtures": [asdict(one) for one in self.fixtures],
            "stand_ins": [asdict(one) for one in self.stand_ins],
        }
        part = folder / (_FILE + ".part")
        part.write_text(json.dumps(body), encoding="utf-8")
        part.replace(folder / _FILE)


NOTHING = Handed()


def load_handed(folder: Path) -> Handed:
    """A damaged file is an absent one: everything can be redone."""
    try:
        body = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return Handed(
            tuple(UsableFixture(**_tupled(row)) for row in body["fixtures"]),
            tuple(StandIn(**_tupled(row)) for row in body["stand_ins"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return NOTHING


def _tupled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _frozen(value) for name, value in row.items()}


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
