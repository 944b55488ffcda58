"""One session: every port answered by its adapter, and all of it closed again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.adapters.issue_desk import FindingsDesk
from itc_tui.adapters.proving.prover import BoxProver
from itc_tui.adapters.running.pytest_runner import PytestRunner
from itc_tui.adapters.session.session_files import open_session
from itc_tui.adapters.session.session_shelf import each_session
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.adapters.target.library import TargetLibrary
from itc_tui.adapters.tree.repositories import open_repository
from itc_tui.domain.listing import SessionListing
from itc_tui.domain.session_id import session_id_of, slug_of, timestamp
from itc_tui.domain.state import State
from itc_tui.domain.trouble import RepositoryTrouble, SessionTrouble, Trouble
from itc_tui.domain.words import Phase
from itc_tui.engines.builtin.engine import BuiltinEngine
from itc_tui.engines.chain import EngineChain
from itc_tui.ports import Clock, Engine, Limits, StopSwitch, World
from itc_tui.settings import DEFAULT_SESSIONS_DIR, Settings, load_settings
from itc_tui.wiring.target import prepared, root_of, sessions_root


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
    settings, target = prepared(root, flags)
    clock = SystemClock()
    shelf = sessions_root(Path(target.root), settings)
    place, topic = (
        (Path(folder), "")
        if folder
        else _session_folder(shelf, topic, clock, continues=continues, is_new=is_new)
    )
    _keep_out_of_git(shelf, settings)
    with contextlib.ExitStack() as closing:
        store = closing.enter_context(open_session(place, clock))
        state = _standing(store.load(), place, topic, settings, flags, clock)
        repository = open_repository(
            target.root, store.trace_dir, state.session_id, settings.branch, stop
        )
        closing.callback(repository.close)
        readiness = repository.readiness()
        if readiness.problem:
            raise RepositoryTrouble(readiness.problem)
        box = ScratchBox(target, stop, hands=settings.workers)
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


def _keep_out_of_git(shelf: Path, settings: Settings) -> None:
    """A shelf of ours does not show up among the person's changes; one they chose is theirs."""
    if settings.sessions_dir == DEFAULT_SESSIONS_DIR and not shelf.exists():
        shelf.mkdir(parents=True)
        (shelf / ".gitignore").write_text("*\n", encoding="utf-8")


def session_to_continue(root: Path, topic: str | None, flags: Mapping[str, Any]) -> str:
    """The folder of the session that `-c` means."""
    shelf = sessions_root(root_of(root), load_settings(root, flags))
    return str(_to_continue(shelf, topic)[0])


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
    begin = f"ITG-{slug_of(topic)}-" if topic else ""
    newest: SessionListing | None = None
    for one in each_session(shelf):
        if one.problem:
            continue
        newest = newest or one
        is_meant = one.module == topic or one.session_id.startswith(begin) if topic else False
        if is_meant or (not topic and one.phase != Phase.COMPLETED):
            return Path(one.path), one.module
    if newest and not topic:
        return Path(newest.path), newest.module
    what = f"for “{topic}” " if topic else ""
    raise SessionTrouble(f"There is no session {what}to go on with in {shelf}.")


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
