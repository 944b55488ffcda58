"""What a stranger's values do to those who look at them costs one attempt, and no more."""

from __future__ import annotations

import os
import traceback
from typing import Any, Callable


def is_done(work: Callable[..., Any], *args: Any) -> bool:
    """False where it stumbled."""
    try:
        work(*args)
    except BrokenPipeError:  # nobody listens any more
        raise
    except Exception:
        if os.environ.get("ITC_INSIDE_DEBUG"):
            traceback.print_exc()
        return False
    return True
