"""The one file that names concrete adapters and engines."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from itc_tui.adapters.box import ScratchBox
from itc_tui.adapters.doctor import doctor_facts
from itc_tui.adapters.example_repository import make_example_repository
from itc_tui.adapters.issue_desk import FindingsDesk
from itc_tui.adapters.library import TargetLibrary
from itc_tui.adapters.prover import BoxProver
from itc_tui.adapters.pytest_runner import PytestRunner
from itc_tui.adapters.repositories import OpenRepository, open_repository
from itc_tui.adapters.screen_tools import (
    ScreenMemory,
    copy_natively,
    edited_text,
    open_in_editor,
    saved_copy,
)
from itc_tui.adapters.session_files import open_session
from itc_tui.adapters.session_shelf import list_sessions, read_events, read_state
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.adapters.target_python import detect_target
from itc_tui.demo.scratch import MODULE as DEMO_MODULE
from itc_tui.demo.scratch import make_example
from itc_tui.domain import commit_messages
from itc_tui.domain.counting import counted
from itc_tui.domain.events import Event
from itc_tui.domain.listing import OpenedSession, SessionListing
from itc_tui.domain.session_id import session_id_of, slug_of, timestamp
from itc_tui.domain.state import CommitNote, State
from itc_tui.domain.target import Fact, Target
from itc_tui.domain.trouble import RepositoryTrouble, SessionTrouble, TargetTrouble, Trouble
from itc_tui.domain.undoing import commits_to_undo, rollback_step, undone
from itc_tui.domain.words import Phase
from itc_tui.engines.builtin.engine import BuiltinEngine
from itc_tui.engines.chain import EngineChain
from itc_tui.ports import Clock, Commit, Engine, Limits, StopSwitch, World
from itc_tui.settings import Settings, load_settings

__all__ = [
    "DEMO_MODULE",
    "copy_natively",
    "edited_text",
    "examine",
    "lay_out_example",
    "open_in_editor",
    "opened_session",
    "past_session",
    "past_sessions",
    "saved_copy",
]


@contextlib.contextmanager
def opened_session(
    root: Path,
    topic: str | None,
    flags: Mapping[str, Any],
    stop: StopSwitch,
    *,
    continues: bool = False,
    is_new: bool = False,
    folder: str = "",
    engine: Engine | None = None,
) -> Iterator[tuple[State, World]]:
    """Everything that one session needs, and all of it closed again afterwards."""
    settings, target = _prepared(root, flags)
    clock = SystemClock()
    shelf = _sessions_root(target, settings)
    place, topic = (
        (Path(folder), "")
        if folder
        else _session_folder(shelf, topic, clock, continues=continues, is_new=is_new)
    )
    with contextlib.ExitStack() as closing:
        store = closing.enter_context(open_session(place, clock))
        state = _standing(store.load(), place, topic, settings, flags, clock)
        repository = open_repository(
            target.root, store.trace_dir, state.session_id, settings.branch
        )
        closing.callback(repository.close)
        readiness = repository.readiness()
        if readiness.problem:
            raise RepositoryTrouble(readiness.problem)
        box = ScratchBox(target, stop)
        closing.callback(box.close)
        prover, library = BoxProver(box, target), TargetLibrary(target)
        yield (
            state,
            World(
                target=target,
                engine=engine
                or _engine(
                    settings,
                    BuiltinEngine(target, box, prover, library, store.trace_dir / "engine"),
                ),
                runner=PytestRunner(target, store.trace_dir, stop, clock),
                prover=prover,
                repository=repository,
                store=store,
                library=library,
                issues=FindingsDesk(target.root, place),
                clock=clock,
                limits=_limits(settings),
                stop=stop,
            ),
        )


def past_sessions(root: Path, flags: Mapping[str, Any]) -> tuple[SessionListing, ...]:
    settings = load_settings(root, _given(flags))
    return list_sessions(_sessions_root(_located(root), settings))


def past_session(root: Path, name: str, flags: Mapping[str, Any]) -> OpenedSession:
    """By its folder, its id, or a part of its id that only one session has."""
    folder = Path(name)
    if not (folder / "state.json").is_file():
        listed = past_sessions(root, flags)
        exact = [one for one in listed if one.session_id == name]
        found = exact or [one for one in listed if name in one.session_id]
        if len(found) != 1:
            names = ", ".join(one.session_id for one in (found or listed)[:8]) or "none"
            raise SessionTrouble(
                f"{'Several sessions match' if found else 'No session matches'} “{name}”; "
                f"there are: {names}."
            )
        folder = Path(found[0].path)
    state = read_state(folder)
    if state is None:
        raise SessionTrouble(f"{folder} holds no state.json; it is not a session.")
    return OpenedSession(path=str(folder), state=state, events=tuple(read_events(folder)))


def examine(root: Path, flags: Mapping[str, Any]) -> tuple[Fact, ...]:
    settings = load_settings(root, _given(flags))
    return tuple(doctor_facts(_detected(root, settings)))


def lay_out_example(folder: Path | None) -> Path:
    """The bundled example as a git repository of its own."""
    import tempfile

    where = folder or Path(tempfile.mkdtemp(prefix="itc-demo-")) / "shop"
    return make_example_repository(make_example(where))


def events_in(folder: str) -> Iterable[Event]:
    return read_events(folder)


def screen_memory() -> ScreenMemory:
    return ScreenMemory()


def module_names(root: Path, flags: Mapping[str, Any]) -> tuple[str, ...]:
    """For completing what a person types; read from the source alone."""
    target = _detected(root, load_settings(root, _given(flags)))
    return tuple(sorted(dict(TargetLibrary(target).sources())))


def source_text(root: Path, path: str) -> str:
    """A file of the target for the preview; nothing outside of it."""
    top = Path(_located(root).root)
    file = (top / path).resolve()
    if not file.is_relative_to(top) or not file.is_file():
        return ""
    return file.read_text(encoding="utf-8", errors="replace")


def commit_diff(root: Path, flags: Mapping[str, Any], folder: str, sha: str) -> str:
    state, repository = _reading(root, flags, folder)
    with contextlib.closing(repository):
        note = next((one for one in state.commits if one.sha == sha), None)
        return repository.diff(_commit(note)) if note else ""


def undo_preview(
    root: Path, flags: Mapping[str, Any], folder: str, iteration: int
) -> tuple[str, str]:
    """The diff of what would be taken back, and why it cannot be."""
    state, repository = _reading(root, flags, folder)
    with contextlib.closing(repository):
        notes = commits_to_undo(state, iteration)
        if not notes:
            return "", "Nothing of it stands any more: it was never kept, or is taken back."
        problem = repository.readiness().problem
        return "\n".join(repository.diff(_commit(note)) for note in notes), problem


def undo(root: Path, flags: Mapping[str, Any], folder: str, iteration: int) -> str:
    """Take back one iteration or the whole session by `git revert`; a sentence says what."""
    with open_session(folder, SystemClock()) as store:
        state = store.load()
        if state is None:
            raise SessionTrouble(f"{folder} holds no state.json; it is not a session.")
        _, repository = _reading(root, flags, folder)
        with contextlib.closing(repository):
            notes = commits_to_undo(state, iteration)
            for note in notes:
                revert = repository.revert(
                    _commit(note),
                    commit_messages.taken_back(note.message),
                    state.session_id,
                    rollback_step(note),
                )
                told = CommitNote(
                    step=revert.step,
                    iteration=note.iteration,
                    sha=revert.sha,
                    message=revert.message,
                )
                state = undone(state, note, told)
                store.save(state)
    return f"{counted(len(notes), 'commit')} taken back."


def _reading(root: Path, flags: Mapping[str, Any], folder: str) -> tuple[State, OpenRepository]:
    settings = load_settings(root, _given(flags))
    state = read_state(folder)
    if state is None:
        raise SessionTrouble(f"{folder} holds no state.json; it is not a session.")
    top, trace = _located(root).root, Path(folder) / ".trace"
    return state, open_repository(top, trace, state.session_id, settings.branch)


def _commit(note: CommitNote) -> Commit:
    return Commit(sha=note.sha, message=note.message, step=note.step)


def _prepared(root: Path, flags: Mapping[str, Any]) -> tuple[Settings, Target]:
    settings = load_settings(root, _given(flags))
    target = _detected(root, settings)
    if not target.python or not target.pytest_version:
        wrong = " ".join(target.problems) or "No interpreter with pytest was found."
        raise TargetTrouble(f"{wrong} `itc doctor` shows the whole picture.")
    return settings, target


def _detected(root: Path, settings: Settings) -> Target:
    return detect_target(root, settings.python or None, settings.tests_dir or None)


def _located(root: Path) -> Target:
    """Only where the target lies: enough to read its sessions."""
    from itc_tui.adapters.target_python import nearest_project

    return Target(root=str(nearest_project(root.resolve())))


def _sessions_root(target: Target, settings: Settings) -> Path:
    return Path(target.root) / settings.sessions_dir


def _session_folder(
    shelf: Path, topic: str | None, clock: Clock, *, continues: bool, is_new: bool
) -> tuple[Path, str]:
    if continues:
        return _to_continue(shelf, topic)
    if not topic:
        raise Trouble(
            'Say which module or feature is meant: `itc "payments"`; `itc --help` tells more.'
        )
    folder = shelf / session_id_of(topic, clock.now())
    number = 2
    while is_new and folder.exists():
        folder = shelf / f"{session_id_of(topic, clock.now())}-{number}"
        number += 1
    return folder, topic


def _to_continue(shelf: Path, topic: str | None) -> tuple[Path, str]:
    """The newest session of that topic; without a topic, the newest that is not completed."""
    listed = [one for one in list_sessions(shelf) if not one.problem]
    if topic:
        begin = f"ITG-{slug_of(topic)}-"
        listed = [one for one in listed if one.module == topic or one.session_id.startswith(begin)]
    else:
        listed = [one for one in listed if one.phase != Phase.COMPLETED] or listed
    if not listed:
        what = f"for “{topic}” " if topic else ""
        raise SessionTrouble(f"There is no session {what}to go on with in {shelf}.")
    return Path(listed[0].path), listed[0].module


def _standing(
    saved: State | None,
    folder: Path,
    topic: str,
    settings: Settings,
    flags: Mapping[str, Any],
    clock: Clock,
) -> State:
    """Where the session stands: as it was saved, or new."""
    engine = settings.engine.split(",", 1)[0]
    if saved is not None:
        asked = flags.get("max_iterations") or saved.max_iterations
        return saved.but(mode="continue", max_iterations=asked, engine=engine)
    return State(
        session_id=folder.name,
        module=topic,
        started=timestamp(clock.now()),
        max_iterations=settings.max_iterations,
        engine=engine,
    )


def _engine(settings: Settings, builtin: BuiltinEngine) -> Engine:
    """The chain in the person's order; the built-in engine always stands at its end."""
    names = [name.strip() for name in settings.engine.split(",") if name.strip()]
    unknown = [name for name in names if name != builtin.name]
    if unknown:
        raise Trouble(f"There is no engine “{unknown[0]}”; engines here: builtin.")
    return EngineChain([builtin])


def _limits(settings: Settings) -> Limits:
    return Limits(
        case_limit_s=settings.case_limit_s,
        repeats=settings.repeats,
        budget_s=settings.budget_s,
        max_tests=settings.max_tests,
    )


def _given(flags: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in flags.items() if value is not None}
