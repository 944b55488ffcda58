"""The day, the hour and the time zone in which a case must hold as well as today."""

from __future__ import annotations

CLOCK_AHEAD_S = (400 * 24 + 11) * 3600
"""Another year, month, day of the week and half of the day."""
FAR_TIME_ZONE = "ITC-13:45"
"""East of Greenwich, and off the full hour; POSIX form, for it needs no table of zones."""
