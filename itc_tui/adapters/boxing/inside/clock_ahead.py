"""Sets the clock of this process ahead, so that what leans on today's date is seen to.

The types of `datetime` are changed in place: a subclass in their stead would not be the type that
others compare with, pickle, or have registered. Standard library only, CPython 3.8 and up.
"""

from __future__ import annotations

import datetime
import gc
import importlib.util
import time
from typing import Any


def set_ahead(seconds: int) -> bool:
    """False where this interpreter does not let its types be changed; then only `time` is ahead."""
    if importlib.util.find_spec("time_machine") is not None:
        # It reaches into the very functions that would be replaced here, so it is asked itself.
        import time_machine  # type: ignore[import-not-found, unused-ignore]

        time_machine.travel(datetime.timedelta(seconds=seconds), tick=True).start()
        return True
    _shift_time(seconds)
    return _shift_datetime(seconds)


def _shift_time(seconds: int) -> None:
    real, real_ns, real_of = time.time, time.time_ns, getattr(time, "clock_gettime", None)
    time.time = lambda: real() + seconds
    time.time_ns = lambda: real_ns() + seconds * 1_000_000_000
    if real_of is not None:

        def clock_gettime(which: int) -> float:
            return float(real_of(which)) + (seconds if which == time.CLOCK_REALTIME else 0)

        time.clock_gettime = clock_gettime
    for name in ("gmtime", "localtime", "ctime"):
        setattr(time, name, _of_now(getattr(time, name)))
    real_strftime, real_asctime = time.strftime, time.asctime
    time.strftime = lambda form, *parts: real_strftime(form, *(parts or (time.localtime(),)))
    time.asctime = lambda *parts: real_asctime(*(parts or (time.localtime(),)))


def _of_now(real: Any) -> Any:
    def of_now(moment: Any = None) -> Any:
        return real(time.time() if moment is None else moment)

    return of_now


def _shift_datetime(seconds: int) -> bool:
    """`today` asks `time.time` by itself; these two ask the system."""
    ahead = datetime.timedelta(seconds=seconds)
    before = datetime.datetime.now(datetime.timezone.utc)
    try:
        for name in ("now", "utcnow"):
            _replace(datetime.datetime, name, _later(datetime.datetime.__dict__[name], ahead))
    except (ImportError, AttributeError, KeyError, IndexError, TypeError):
        return False
    return datetime.datetime.now(datetime.timezone.utc) - before >= ahead


def _later(real: Any, ahead: datetime.timedelta) -> Any:
    def later(cls: Any, *args: Any, **named: Any) -> Any:
        return real.__get__(None, cls)(*args, **named) + ahead

    return classmethod(later)


def _replace(kind: Any, name: str, value: Any) -> None:
    import ctypes

    names = gc.get_referents(kind.__dict__)[0]
    names[name] = value
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))
