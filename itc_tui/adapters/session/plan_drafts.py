"""The plan as a person is changing it, on disk before the loop takes it up."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from itc_tui.domain.plan import Plan
from itc_tui.domain.plan_edits import fingerprint

_FILE = "plan-draft.json"


class PlanDrafts:
    """A draft holds as long as the plan that it was made upon; what was taken up holds no more."""

    def __init__(self, trace_dir: Path, write: Callable[[Path, bytes], None]) -> None:
        self._file = trace_dir / _FILE
        self._write = write
        self._upon: Plan | None = None

    def made_upon(self, plan: Plan | None) -> None:
        """What the session goes by from now on."""
        if self._upon is not None and plan != self._upon:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
        self._upon = plan

    def keep(self, draft: Plan) -> None:
        if self._upon is None:
            return
        raw = {"upon": fingerprint(self._upon), "plan": draft.model_dump(mode="json")}
        self._write(self._file, json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace"))

    def kept(self) -> Plan | None:
        """None where there is none, where it is damaged, or the plan is another by now."""
        if self._upon is None:
            return None
        try:
            raw = json.loads(self._file.read_text(encoding="utf-8"))
            is_of_this_plan = raw["upon"] == fingerprint(self._upon)
            return Plan.model_validate(raw["plan"]) if is_of_this_plan else None
        except (OSError, ValueError, KeyError, TypeError):
            return None
