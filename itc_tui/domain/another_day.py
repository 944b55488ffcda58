"""The day, the time zone and the shell in which a case must hold as well as here and today."""

from __future__ import annotations

CLOCK_AHEAD_S = (400 * 24 + 11) * 3600
"""Another year, month, day of the week and half of the day."""
FAR_TIME_ZONE = "ITC-13:45"
"""East of Greenwich, and off the full hour; POSIX form, for it needs no table of zones."""
ANOTHERS_VALUE = "7919"
"""What somebody else has set a variable to that is not set here: reads as a number and as text,
counts as true, and is nobody's default."""
