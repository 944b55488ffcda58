"""All that the screens ask of the world, as functions that wiring passes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from itc_tui.domain.events import Event, RerunFinished
    from itc_tui.domain.first_sight import FirstSight
    from itc_tui.domain.listing import SessionListing
    from itc_tui.domain.state import State
    from itc_tui.domain.target import Fact
    from itc_tui.ports import Steering, Steps, StopSwitch, Watcher
    from itc_tui.settings import Layer


@dataclass(frozen=True, slots=True)
class Facts:
    root: str = ""
    facts: tuple[Fact, ...] = ()
    modules: tuple[str, ...] = ()
    """Dotted names, for completing what is typed."""


@dataclass(frozen=True, slots=True)
class Launch:
    """A loop that can be pulled, what ends it, and what it looks at between steps."""

    journey: Callable[[], Steps[State]]
    stop: StopSwitch
    steering: Steering


@dataclass(frozen=True, slots=True)
class Rerun:
    """Tests to be run once more for the person, beside the loop."""

    folder: str
    """Of the session."""
    names: tuple[str, ...]
    """Node ids, and test files as a whole."""
    is_recorded: bool = True
    """A session that is only read stays as it is."""


class DiskWatch(Protocol):
    """Looked at from one thread, and closed in it."""

    @property
    def tree(self) -> Watcher:
        """The target's files, relative to its root."""
        ...

    @property
    def session(self) -> Watcher:
        """`state.json` and the reflection log."""
        ...

    @property
    def problem(self) -> str:
        """Why nothing is noticed; empty while all is well."""
        ...

    def written_at(self, path: str) -> float:
        """When that file of the target came to be as it is, in seconds since the epoch."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class RevertPreview:
    """What taking back would do, or why it cannot be done."""

    diff: str = ""
    refused_because: str = ""


Told = TypeVar("Told", covariant=True)


class Revert(Protocol[Told]):
    def __call__(self, folder: str, iteration: int, stop: StopSwitch, /) -> Steps[Told]:
        """`iteration` 0 is the whole session."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """Whatever raises a `Trouble` has its sentence shown.

    `facts`, `sessions`, `launch` and `resume` are called in a thread of their own.
    """

    facts: Callable[[], Facts] = Facts
    sessions: Callable[[], Sequence[SessionListing]] = tuple
    launch: Callable[[str], Launch] | None = None
    """Begin with what the person typed."""
    resume: Callable[[str], Launch] | None = None
    """Go on with the session in that folder."""
    rerun: Callable[[Rerun, StopSwitch], Steps[RerunFinished]] | None = None
    """The person's own pytest; pulled in a thread of its own."""
    watch: Callable[[str], DiskWatch] | None = None
    """Session folder → what the person changes on disk; called in a thread of its own."""
    first_sight: Callable[[str], FirstSight | None] = field(default=lambda _folder: None)
    """The tests of the last run, quicker than all events; called in a thread of its own."""
    read_events: Callable[[str], Iterable[Event]] = field(default=lambda _folder: ())
    """Iterated once for the events so far, and again for those that came since."""
    is_being_written: Callable[[str], bool] | None = None
    """Session folder → whether a process runs it now."""
    read_source: Callable[[str], str] = field(default=lambda _path: "")
    edit: Callable[[str, int], None] | None = None
    """Open a file of the target at a line in the person's editor; returns when it is closed."""
    edit_text: Callable[[str, str], str] | None = None
    """Text and suffix → the text as the person's editor left it."""
    copy: Callable[[str], bool] = field(default=lambda _text: False)
    """Native tool, else tmux; False when neither took it."""
    save_copy: Callable[[str], str] | None = None
    """Last resort of copying: the path of a file that holds the text."""
    diff: Callable[[str, str], str] | None = None
    """Folder and hash → the diff of that commit."""
    preview_revert: Revert[RevertPreview] | None = None
    """What would be taken back; pulled in a thread of its own, and so is `revert`."""
    revert: Revert[int] | None = None
    """Do it; gives how many commits were taken back, and tells each."""
    layers: Callable[[], Sequence[Layer]] | None = None
    """What each source of settings says now, the lowest first."""
    put_setting: Callable[[str, object], None] | None = None
    """Name (`keys.COMMAND` for a key) and value, or None to take it out of the person's file."""
    engines: Sequence[str] = ("builtin",)
    """Names that the setting `engine` may hold."""
    notice: Callable[[str, str, str], str] = field(default=lambda _way, _title, _body: "")
    """Tell the desktop, by the way that is set; gives what the terminal is to be sent, if any."""
    remember: Callable[[str, str], None] = field(default=lambda _key, _value: None)
    recall: Callable[[str], str] = field(default=lambda _key: "")
    """Small things about the screen that last: layout, theme."""
