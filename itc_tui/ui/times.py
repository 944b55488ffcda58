"""Times of day on the screen are those of the person's machine; files keep UTC+8 with its name."""

from __future__ import annotations

from datetime import datetime


def time_here(at: str) -> str:
    """`15:30:01`, of what a file tells with its zone."""
    return _here(at, "%H:%M:%S", at[11:19])


def day_and_time_here(at: str) -> str:
    return _here(at, "%Y-%m-%d %H:%M", at[:16].replace("T", " "))


def _here(at: str, form: str, otherwise: str) -> str:
    """As it stands where it tells no zone: then nobody knows what it would be here."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return otherwise
    return otherwise if moment.tzinfo is None else moment.astimezone().strftime(form)
