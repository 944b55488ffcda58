"""The machine's own clock, in the zone that sessions are dated in."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

SESSION_ZONE = timezone(timedelta(hours=8))
"""UTC+8, as the file format says."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(SESSION_ZONE)

    def monotonic(self) -> float:
        return time.monotonic()
