"""A session's name: `ITG-{slug}-{YYYY-MM-DD}`, with the date of UTC+8."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta, timezone

SESSION_ZONE = timezone(timedelta(hours=8))

_SLUG_LENGTH = 40
_NOT_SLUG = re.compile(r"[^a-z0-9\u3400-\u4dbf\u4e00-\u9fff]+")


def slug_of(topic: str) -> str:
    """Lower case, letters, digits and Chinese, at most forty characters."""
    plain = unicodedata.normalize("NFKC", topic).lower()
    slug = _NOT_SLUG.sub("-", plain).strip("-")[:_SLUG_LENGTH].strip("-")
    return slug or "session"


def session_id_of(topic: str, moment: datetime) -> str:
    return f"ITG-{slug_of(topic)}-{moment.astimezone(SESSION_ZONE):%Y-%m-%d}"


def timestamp(moment: datetime) -> str:
    return moment.astimezone(SESSION_ZONE).isoformat(timespec="seconds")
