"""Which of the target's fixtures drafted tests may ask for, as its own pytest shows them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itc_tui.domain.counting import counted
from itc_tui.domain.events import Noted, Progressed
from itc_tui.domain.target import Target
from itc_tui.engines.builtin import inside
from itc_tui.engines.builtin.handed.conftests import (
    FixtureSyntax,
    objection_to,
    visible_fixtures,
)
from itc_tui.ports import Box, BoxOrder, Steps, heard_out

_SCRIPT = str(Path(inside.__file__).parent / "fixture_look.py")
_LIMIT_S = 40.0
_ASKING = "ask_for"


@dataclass(frozen=True)
class UsableFixture:
    name: str
    place: str
    """`tests/conftest.py:12`"""
    kind: tuple[str, str] = ("", "")
    """Module and qualified name of the type of what it gives."""
    says: str = ""

    @property
    def file(self) -> str:
        return self.place.rpartition(":")[0]


def usable_fixtures(
    target: Target, box: Box
) -> Steps[tuple[tuple[UsableFixture, ...], tuple[tuple[str, str], ...]]]:
    """Those that may be used; and those that may not, each with its reason."""
    every = visible_fixtures(Path(target.root), target.tests_dir)
    refused = {name: why for name, one in every.items() if (why := objection_to(one, every))}
    wanted = {name: one for name, one in every.items() if name not in refused}
    if not wanted:
        return (), _told(every, refused)
    yield Progressed(what=f"asking the target's pytest for {counted(len(wanted), 'fixture')}")
    seen, trouble = _asked(target, box, list(wanted))
    if trouble:
        yield Noted(text=f"The target's fixtures could not be tried: {trouble}", level="warning")
    usable = []
    for name, one in wanted.items():
        row = seen.get(name, {"why": "the target's pytest did not make it"})
        if why := _objection(one, every, row):
            refused[name] = why
        else:
            module, qualname = row["kind"]
            usable.append(UsableFixture(name, one.place, (module, qualname), one.says))
    return tuple(usable), _told(every, refused)


def _objection(one: FixtureSyntax, every: dict[str, FixtureSyntax], row: dict[str, Any]) -> str:
    if row.get("why"):
        return " ".join(str(row["why"]).split())
    if row["kind"] == ["builtins", "NoneType"]:
        return "it gives nothing that a call could be handed"
    if row["is_function"]:
        return "it gives a function, and not an object"
    shared = next((s for s in _scopes(one, every) if s != "function"), "")
    if shared and not row["is_plain"]:
        return f"it is shared by a whole {shared}: what one test does to it, the next one sees"
    return ""


def _scopes(one: FixtureSyntax, every: dict[str, FixtureSyntax]) -> list[str]:
    inner = [scope for need in one.needs if need in every for scope in _scopes(every[need], every)]
    return [one.scope, *inner]


def _asked(target: Target, box: Box, names: list[str]) -> tuple[dict[str, dict[str, Any]], str]:
    wanted = {f"test_{_ASKING}_{name}": name for name in names}
    path = f"{target.tests_dir.rstrip('/')}/{target.test_file_name.format('itc_' + _ASKING)}"
    text = "".join(f"def {asking}({name}):\n    pass\n\n\n" for asking, name in wanted.items())
    order = BoxOrder(
        script=_SCRIPT,
        payload={"path": path, "wanted": wanted},
        overlays={path: text},
        limit_s=_LIMIT_S,
        memory_mb=1800,
    )
    seen: dict[str, dict[str, Any]] = {}
    broken = ""

    def hear(row: dict[str, Any]) -> None:
        nonlocal broken
        broken = str(row.get("broken", broken))
        if "fixture" in row:
            seen.setdefault(row["fixture"], {}).update(row)

    report = heard_out(box.run(order), hear)
    return seen, broken or report.trouble or report.ended_by


def _told(every: dict[str, FixtureSyntax], refused: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((f"fixture {n} ({every[n].place})", why) for n, why in sorted(refused.items()))
