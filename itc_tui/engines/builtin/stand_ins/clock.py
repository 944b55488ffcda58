"""A clock that stands still, for code that asks what time it is."""

from __future__ import annotations

from itc_tui.domain.exploration import CallSite
from itc_tui.engines.builtin.stand_ins.references import Reference, imports_for, references_in
from itc_tui.engines.builtin.stand_ins.stand_in import Environment, Outside, StandIn

NAME = "frozen_clock"
_PYTEST = "import pytest"
_ANY_WAY = "so that what the code makes of the date is the same every day."

_TIME_MACHINE = '''\
@pytest.fixture
def frozen_clock():
    """It is always half past twelve, UTC, on 17 May 2024."""
    moment = datetime.datetime(2024, 5, 17, 12, 30, 45, tzinfo=ZoneInfo("UTC"))
    with time_machine.travel(moment, tick=False):
        yield moment'''

_FREEZEGUN = '''\
@pytest.fixture
def frozen_clock():
    """It is always half past twelve, UTC, on 17 May 2024."""
    with freezegun.freeze_time("2024-05-17 12:30:45"):
        yield datetime.datetime(2024, 5, 17, 12, 30, 45)'''

_HEAD = '''\
@pytest.fixture
def frozen_clock(monkeypatch):
    """It is always half past twelve, UTC, on 17 May 2024, for {modules}."""
    utc = datetime.timezone.utc
    moment = datetime.datetime(2024, 5, 17, 12, 30, 45, tzinfo=utc)
'''
_SAME_KIND = """
    class SameKind(type):
        def __instancecheck__(cls, value):
            return isinstance(value, cls.__mro__[1])
"""
_DATETIME = """
    class FrozenDatetime(datetime.datetime, metaclass=SameKind):
        def __new__(cls, *args, **named):
            return datetime.datetime(*args, **named)

        @classmethod
        def now(cls, tz=None):
            if tz is None:
                return moment.replace(tzinfo=None)
            return moment.astimezone(tz)

        @classmethod
        def utcnow(cls):
            return moment.replace(tzinfo=None)

        today = utcnow
"""
_DATE = """
    class FrozenDate(datetime.date, metaclass=SameKind):
        def __new__(cls, *args, **named):
            return datetime.date(*args, **named)

        @classmethod
        def today(cls):
            return moment.date()
"""
_AT = """
    def at(seconds=None):
        return time.gmtime(moment.timestamp() if seconds is None else seconds)
"""
_TIMES = {
    "time": "moment.timestamp",
    "time_ns": "lambda: int(moment.timestamp()) * 10**9",
    "localtime": "at",
    "gmtime": "at",
    "ctime": "lambda seconds=None: time.asctime(at(seconds))",
    "strftime": "lambda form, parts=None: time.strftime(form, parts or at())",
    "sleep": "lambda seconds: None",
}
_KINDS = {"datetime": _DATETIME, "date": _DATE}
_NOT_A_DATE = frozenset(
    {"time.sleep", "time.monotonic", "time.perf_counter", "asyncio.sleep", "anyio.sleep"}
)


def clock(outside: Outside, environment: Environment) -> StandIn | None:
    if outside.name != "clock":
        return None
    if environment.has("time-machine"):
        imports = ("import datetime", "import time_machine", "from zoneinfo import ZoneInfo")
        return _of_library(outside, _TIME_MACHINE, "time-machine", imports)
    if environment.has("freezegun"):
        return _of_library(
            outside, _FREEZEGUN, "freezegun", ("import datetime", "import freezegun")
        )
    return _by_hand(outside)


def _of_library(
    outside: Outside, source: str, library: str, imports: tuple[str, ...]
) -> StandIn | None:
    lines = {(one.file, one.line) for one in outside.sites if one.callee not in _NOT_A_DATE}
    if not lines:
        return None
    return StandIn(
        name=NAME,
        source=source,
        imports=(_PYTEST, *imports),
        sites=tuple(sorted(lines)),
        outside="clock",
        reason=f"The clock stands still by {library}, {_ANY_WAY}",
    )


def _by_hand(outside: Outside) -> StandIn | None:
    """The module's own name for the clock means another one; that is the outermost edge it has."""
    asked, lines = [], set()
    called: set[str] = set()
    for one in references_in(outside, "datetime", "time"):
        sites = [site for site in outside.sites if _is_asked(one, site)]
        if sites:
            asked.append(one)
            called |= {site.callee for site in sites}
            lines |= {(site.file, site.line) for site in sites}
    if not asked:
        return None
    means = {one.means for one in asked}
    parts = [_HEAD.format(modules=" and ".join(sorted({one.module for one in asked})))]
    imports = [_PYTEST, "import datetime", *imports_for(asked)]
    parts += _kinds(called, "datetime" in means)
    if "datetime" in means:
        imports.append("import types")
    if names := [name for name in _TIMES if f"time.{name}" in called]:
        parts.append(_times(names))
        imports += ["import types", "import time"]
    parts.append("\n" + "".join(map(_set, asked)) + "    return moment")
    return StandIn(
        name=NAME,
        source="".join(parts),
        imports=tuple(dict.fromkeys(imports)),
        sites=tuple(sorted(lines)),
        outside="clock",
        reason=f"The clock stands still where the code refers to it, {_ANY_WAY}",
        better="With time-machine or freezegun installed, the whole process would see that time.",
    )


def _is_asked(one: Reference, site: CallSite) -> bool:
    """The site asks the clock by this name, in a way that can be answered."""
    module, _, name = site.callee.partition(".")
    is_answered = name in _TIMES if module == "time" else name.split(".")[0] in _KINDS
    by_name = f"{site.callee}.".startswith(f"{one.means}.")
    return site.file == one.file and by_name and is_answered


def _kinds(called: set[str], is_module: bool) -> list[str]:
    """The kinds that are asked, and the module that holds them where it is referred to."""
    names = [n for n in _KINDS if any(one.startswith(f"datetime.{n}.") for one in called)]
    if not names:
        return []
    parts = [_SAME_KIND, *(_KINDS[name] for name in names)]
    if is_module:
        parts.append("\n    frozen_datetime = types.SimpleNamespace(**vars(datetime))\n")
        parts += [f"    frozen_datetime.{name} = Frozen{name.title()}\n" for name in names]
    return parts


def _times(names: list[str]) -> str:
    lines = [f"    frozen_time.{name} = {_TIMES[name]}\n" for name in names]
    needs_parts = any(_TIMES[name] == "at" or "at(" in _TIMES[name] for name in names)
    space = "\n    frozen_time = types.SimpleNamespace(**vars(time))\n"
    return (_AT if needs_parts else "") + space + "".join(lines)


def _set(one: Reference) -> str:
    head, _, name = one.means.partition(".")
    if head == "datetime":
        stand_in = f"Frozen{name.title()}" if name else "frozen_datetime"
    else:
        stand_in = f"frozen_time.{name}" if name else "frozen_time"
    return one.given(stand_in)
