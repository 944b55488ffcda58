"""The first screen: what was detected, what to test, and which sessions there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from itc_tui.domain.trouble import Trouble
from itc_tui.ui.commands import commands, commands_of
from itc_tui.ui.errand import Errand, Launched, ReviewWanted
from itc_tui.ui.look import sheets
from itc_tui.ui.outside import Facts, Launch, Outside
from itc_tui.ui.session_rows import fact_rows, left_off, sorted_sessions
from itc_tui.ui.text import plain
from itc_tui.ui.widgets.filter_line import FilterLine
from itc_tui.ui.widgets.footer_line import FooterLine
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.session_list import SessionList
from itc_tui.ui.widgets.teaching import Teaching
from itc_tui.ui.widgets.topic_field import (
    ModuleSuggester,
    TopicField,
    told_modules,
    wants_to_leave,
)
from itc_tui.ui.widgets.wish import Wish
from itc_tui.ui.words import say, say_or, told

if TYPE_CHECKING:
    from itc_tui.domain.listing import SessionListing

SORTS = ("newest", "name", "rate")
OPENING = ("launch", "opening")
"""Groups of the workers whose end another screen is."""


class StartScreen(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(command.keys, command.name, show=False, id=command.identity)
        for command in commands_of("to_topic")
    ]
    AUTO_FOCUS = "TopicField"
    CSS_PATH = sheets("start")

    def __init__(self, outside: Outside, errand: Errand | None = None) -> None:
        super().__init__()
        self.outside = outside
        self._errand = errand or Errand()
        self._is_opening = self._has_begun = False
        self._facts = Facts()
        self._sessions: Sequence[SessionListing] | None = None
        """None until they are listed: "no session" is not said before it is known."""
        self._sort = SORTS[0]

    def compose(self) -> ComposeResult:
        with Vertical(id="start"):
            yield Static(id="start-head")
            yield TopicField(suggester=ModuleSuggester(), id="topic")
            yield Static(id="start-matches")
            with Container(id="start-below"):
                with Vertical(id="facts-box"):
                    yield Reading(id="facts")
                with Vertical(id="sessions-box"):
                    yield SessionList(id="sessions")
                    yield Teaching(id="no-sessions")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        self.query_one(TopicField).cursor_blink = False
        self.relabel()
        self.call_after_refresh(self._begin_errand)

    def _begin_errand(self) -> None:
        """After the first paint, so that it waits for nothing."""
        self._has_begun = True
        errand, launch, resume = self._errand, self.outside.launch, self.outside.resume
        if errand.topic and launch:
            with self.prevent(Input.Changed):
                self.query_one(TopicField).value = errand.topic
            self._launch(lambda: launch(errand.topic))
        elif errand.resume and resume:
            self._launch(lambda: resume(errand.resume))
        else:
            self._look_around()

    def _look_around(self) -> None:
        """When the person is here to see it: meanwhile it would only slow down what they want."""
        if not self._facts.root:
            self._detect()
        self._list_sessions()

    def on_screen_resume(self) -> None:
        if self.is_mounted and self.app.screen is self and self._has_begun:
            opens = [one for one in self.workers if one.group in OPENING and one.is_running]
            self._is_opening = bool(opens)
            self._look_around()

    def regain_focus(self) -> None:
        self.query_one(TopicField).focus()

    def on_descendant_focus(self) -> None:
        self._set_footer()

    def relabel(self) -> None:
        self.query_one("#start-head", Static).update(
            Content.assemble(("itc", "bold $accent"), f"  {say('start.what')}")
        )
        self.query_one(TopicField).placeholder = say("start.placeholder")
        self.query_one("#facts-box").border_title = Content(say("start.facts"))
        self.query_one("#sessions-box").border_title = Content(say("start.sessions"))
        self._show_facts()
        self._show_sessions()
        self._set_footer()

    @work(thread=True, group="facts", exclusive=True)
    def _detect(self) -> None:
        facts = self.outside.facts()
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._take_facts, facts)

    @work(thread=True, group="sessions", exclusive=True)
    def _list_sessions(self) -> None:
        sessions = self.outside.sessions()
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._take_sessions, sessions)

    def _take_facts(self, facts: Facts) -> None:
        self._facts = facts
        suggester = self.query_one(TopicField).suggester
        assert isinstance(suggester, ModuleSuggester)
        suggester.modules = facts.modules
        self._show_facts()
        self._show_matches(self.query_one(TopicField).value)

    def _take_sessions(self, sessions: Sequence[SessionListing]) -> None:
        self._sessions = sessions
        self._show_sessions()
        self._show_matches(self.query_one(TopicField).value)

    @on(RowList.Widened, "#facts")
    def _show_facts(self) -> None:
        part = self.query_one("#facts", Reading)
        part.read(fact_rows(self._facts, part.size.width or 60))

    def _show_sessions(self) -> None:
        needle = FilterLine.text_in(self, "sessions-filter").lower()
        shown = [
            session
            for session in sorted_sessions(self._sessions or (), self._sort)
            if needle in f"{session.session_id} {session.module}".lower()
        ]
        self.query_one(SessionList).lay(shown)
        self.query_one(SessionList).display = bool(shown)
        teaching = self.query_one(Teaching)
        teaching.display = not shown and self._sessions is not None
        teaching.teach("sessions")
        order = say(f"sort.{self._sort}") if len(shown) > 1 else ""
        self.query_one("#sessions-box").border_subtitle = Content(order)

    @on(Input.Changed, "#topic")
    def _narrow_modules(self, event: Input.Changed) -> None:
        self._show_matches(event.value)

    def _show_matches(self, value: str) -> None:
        word = value.rpartition(" ")[2].lower()
        found = [name for name in self._facts.modules if word and word in name.lower()]
        rest = f"  +{len(found) - 6}" if len(found) > 6 else ""
        hint = say("start.leave" if wants_to_leave(value) else "start.hint")
        text = "  ".join(found[:6]) + rest if found else hint
        if not value and (names := told_modules(self._facts.modules)):
            text = say("start.modules", names=names)
        shown = Content(plain(text))
        if not value and (last := self._left_off):
            shown = Content.assemble(("‖ ", "$warning"), (_where_left(last), "bold"))
        self.query_one("#start-matches", Static).update(shown)

    @property
    def _left_off(self) -> SessionListing | None:
        return left_off(self._sessions or ()) if self.outside.resume else None

    @on(Input.Submitted, "#topic")
    def _begin(self, event: Input.Submitted) -> None:
        topic, launch, resume = event.value.strip(), self.outside.launch, self.outside.resume
        last = self._left_off
        if not topic and last and resume:
            self._launch(lambda: resume(last.path))
        elif not topic:
            self.app.notify(say("start.say_what"))
        elif launch is None:
            self.app.notify(say("start.cannot"), severity="warning")
        else:
            self._launch(lambda: launch(topic))

    @on(SessionList.Wanted)
    def _open_session(self, event: SessionList.Wanted) -> None:
        session, resume = event.session, self.outside.resume
        if session.problem:
            self.app.notify(plain(told(session.problem)), severity="error", timeout=10)
        elif (
            event.how == "resume" and resume and not session.is_being_written and not session.result
        ):
            self._launch(lambda: resume(session.path))
        elif not self._is_opening:
            self._is_opening = True
            self.post_message(ReviewWanted(session.path, session.is_being_written))

    def action_focus_sessions(self) -> None:
        self.query_one(SessionList).focus()

    def action_leave_field(self) -> None:
        """To where letters are keys."""
        sessions = self.query_one(SessionList)
        (sessions if sessions.display else self.query_one("#facts", Reading)).focus()

    def action_to_topic(self) -> None:
        self.query_one(TopicField).focus()

    def action_filter(self) -> None:
        box = self.query_one("#sessions-box")
        FilterLine.open_in(box, "filter_sessions", "sessions-filter")

    def action_sort(self) -> None:
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self._show_sessions()

    @on(Wish)
    async def _grant(self, event: Wish) -> None:
        event.stop()
        await self.run_action(event.action)

    @on(FilterLine.Narrowed)
    def _narrow(self, event: FilterLine.Narrowed) -> None:
        event.stop()
        self._show_sessions()

    @on(FilterLine.Left)
    def _back(self, event: FilterLine.Left) -> None:
        event.stop()
        self.query_one(SessionList).focus()

    @work(thread=True, group="launch")
    def _launch(self, begin: Callable[[], Launch]) -> None:
        """Detecting takes a moment; meanwhile the screen is alive and says so."""
        if self._is_opening:
            return
        self._is_opening = True  # until this screen is come back to: a second one would lie on top
        self.app.call_from_thread(self._tell_opening)
        try:
            self.post_message(Launched(begin()))
        except Trouble as trouble:
            self._is_opening = False
            self.app.call_from_thread(self._tell_trouble, told(trouble.sentence))

    def _tell_opening(self) -> None:
        self.query_one("#start-matches", Static).update(Content(say("start.opening")))

    def _tell_trouble(self, sentence: str) -> None:
        self._look_around()
        self._show_matches(self.query_one(TopicField).value)
        self.app.notify(sentence, severity="error", timeout=10)

    def _set_footer(self) -> None:
        where = "sessions" if isinstance(self.focused, SessionList) else "start"
        mine = [command for command in commands(where) if command.footer]
        if isinstance(self.focused, Reading):
            mine = [*commands_of("to_topic")]
        mine += commands_of("settings")
        if isinstance(self.focused, FilterLine):
            mine = []  # its own keys stand in it
        app = [command for command in commands("app") if command.footer]
        footer = self.query_one(FooterLine)
        footer.is_typing = isinstance(self.focused, Input)
        footer.groups = (mine, app)


def _where_left(session: SessionListing) -> str:
    name = plain(session.module or session.session_id)
    where = say_or(f"left.{session.phase}", plain(session.phase))
    if session.pass_rate is not None:
        where += f", {session.pass_rate:g} %"
    return say("start.left_off", name=name, where=where)
