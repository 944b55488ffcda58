"""One session's folder: its state, its log, its trace, written by one process at a time."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from itc_tui.adapters.durable_files import why, write_durably
from itc_tui.adapters.session.event_lines import EVENTS_FILE, EventWriter
from itc_tui.adapters.session.log_edits import LogEdits
from itc_tui.adapters.session.plan_drafts import PlanDrafts
from itc_tui.adapters.session.session_lock import SessionLock
from itc_tui.adapters.session.state_file import STATE_FILE, parse_state, state_bytes, state_text
from itc_tui.domain.events import Event
from itc_tui.domain.plan import Plan
from itc_tui.domain.state import State
from itc_tui.domain.trouble import SessionTrouble
from itc_tui.ports import Clock

LOG_FILE = "reflection-log.md"
TRACE_FOLDER = ".trace"


def open_session(folder: str | Path, clock: Clock) -> SessionFiles:
    """Make the folder if need be, and hold its lock until `close`."""
    return SessionFiles(Path(folder).absolute(), clock)


class SessionFiles:
    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._known: bytes | None = None
        """`state.json` as we last read or wrote it: what differs is somebody else's."""
        self._written: dict[Path, bytes] = {}
        self._log_edits = LogEdits(self.trace_dir, self._replace)
        self._drafts = PlanDrafts(self.trace_dir, self._replace)
        try:
            self.trace_dir.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise SessionTrouble(f"{folder}: cannot be made ({why(problem)}).") from problem
        self._lock = SessionLock(self.trace_dir)
        try:
            self._events = EventWriter(self.trace_dir / EVENTS_FILE)
        except BaseException:
            self._lock.close()
            raise

    def __enter__(self) -> SessionFiles:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        try:
            self._events.close()
        finally:
            self._lock.close()

    @property
    def folder(self) -> str:
        return str(self._folder)

    @property
    def trace_dir(self) -> Path:
        return self._folder / TRACE_FOLDER

    def load(self) -> State | None:
        content = state_bytes(self._folder)
        if content is None:
            return None
        state = parse_state(content)
        self._known = content
        self._drafts.made_upon(state.test_design)
        return state

    def save(self, state: State) -> None:
        there = state_bytes(self._folder)
        if there is not None and there != self._known:
            parse_state(there)  # damaged or newer: says so
            raise SessionTrouble(
                f"{STATE_FILE}: was changed by somebody else since it was last written; "
                "it is left as it is. Go on from it with `itc -c`."
            )
        # First what the state stands on: after a power cut it must not be ahead of its events.
        self._events.make_last()
        content = state_text(state)
        self._replace(self._folder / STATE_FILE, content)
        self._known = content
        self._drafts.made_upon(state.test_design)

    def keep_draft(self, draft: Plan) -> None:
        self._drafts.keep(draft)

    def kept_draft(self) -> Plan | None:
        return self._drafts.kept()

    def record(self, event: Event) -> Event:
        stamped = event.but(at=self._clock.now().isoformat(timespec="milliseconds"))
        self._events.append(stamped)
        return stamped

    def read_log(self) -> str | None:
        content = self._log_bytes()
        return None if content is None else content.decode("utf-8-sig", "replace")

    def write_log(self, text: str) -> str:
        content = text.encode("utf-8", "replace")
        there = self._log_bytes()
        if there is None:
            kept = ""
            self._log_edits.expect(content)
        else:
            kept = self._log_edits.keep_edit(there, content)
        self._replace(self._folder / LOG_FILE, content)
        return kept

    def write_trace(self, name: str, text: str) -> None:
        if name in {"", ".", "..", EVENTS_FILE} or any(mark in name for mark in "/\\\0"):
            raise SessionTrouble(f"{name!r} is no name for a file of the trace.")
        self._replace(self.trace_dir / name, text.encode("utf-8", "replace"))

    def is_as_written(self, file: str | Path) -> bool:
        """Whether a file of the session holds what we last wrote: nothing for a watcher to tell."""
        path = self._folder / file
        try:
            return self._written.get(path) == path.read_bytes()
        except OSError:
            return False

    def _log_bytes(self) -> bytes | None:
        try:
            return (self._folder / LOG_FILE).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as problem:
            raise SessionTrouble(f"{LOG_FILE}: cannot be read ({why(problem)}).") from problem

    def _replace(self, file: Path, content: bytes) -> None:
        try:
            write_durably(file, content)
        except OSError as problem:
            raise SessionTrouble(
                f"{file.name}: cannot be written ({why(problem)}); it is as it was before. "
                "Mend that and go on with `itc -c`."
            ) from problem
        self._written[file] = content
