"""The workbench: phase bar, four panes, footer; one pane on the stage, the others beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive
from textual.widget import Widget

from itc_tui.ui.at_work import AtWork
from itc_tui.ui.commands import Command, bindings, commands
from itc_tui.ui.look import sheets
from itc_tui.ui.mood import Mood
from itc_tui.ui.panes.exploration import ExplorationPane
from itc_tui.ui.panes.output import OutputPane
from itc_tui.ui.panes.plan import PlanPane
from itc_tui.ui.panes.timeline import TimelinePane
from itc_tui.ui.screens.rerunning import Rerunning
from itc_tui.ui.toasts import keep_toasts_above
from itc_tui.ui.view import View
from itc_tui.ui.widgets.filter_line import FilterLine
from itc_tui.ui.widgets.footer_line import FooterLine
from itc_tui.ui.widgets.output_tail import OutputTail
from itc_tui.ui.widgets.pane import Pane
from itc_tui.ui.widgets.pane_grid import PaneGrid
from itc_tui.ui.widgets.phase_bar import PhaseBar
from itc_tui.ui.widgets.tab_strip import TabStrip
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from itc_tui.ui.outside import Outside

PANES = ("exploration", "plan", "tests", "timeline")
STAGE_OF_PHASE = {
    1: "exploration",
    2: "exploration",
    3: "plan",
    4: "plan",
    5: "tests",
    6: "timeline",
}
LAYOUTS = ("stage", "quarters", "solo")


class Workbench(Rerunning):
    """What live, replayed and followed sessions are shown in."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("workbench")
    AUTO_FOCUS = ""
    CSS_PATH = sheets("workbench", "panes")

    mood: reactive[Mood] = reactive(Mood.IDLE, repaint=False)
    remark: reactive[str] = reactive("", repaint=False)
    elapsed: reactive[str] = reactive("", repaint=False)
    is_read_only: reactive[bool] = reactive(False, repaint=False)
    stage: reactive[str] = reactive("exploration", repaint=False)
    arrangement: reactive[str] = reactive("stage", repaint=False)

    def __init__(self, outside: Outside) -> None:
        super().__init__(outside)
        self._phase_seen = 0
        self._session_seen = ""
        self._pane_before = outside.recall("pane")
        self._has_opened = self._was_empty = False
        self._at_work = AtWork()
        self._many_panes = "stage"
        """How several panes stand, to come back to from a single one."""
        share = outside.recall("stage_share")
        self._stage_share = int(share) if share.isdigit() else 61
        kept = outside.recall("layout")
        self.set_reactive(Workbench.arrangement, kept if kept in LAYOUTS else "stage")

    def compose(self) -> ComposeResult:
        yield PhaseBar(id="phase-bar").data_bind(
            Workbench.view, Workbench.mood, Workbench.remark, Workbench.elapsed, Workbench.doing
        )
        yield TabStrip(id="tab-strip").data_bind(active=Workbench.stage)
        # In their places from the beginning: each change of a class costs all styles below it.
        self.set_reactive(Workbench.stage, STAGE_OF_PHASE.get(self.view.phase, self.stage))
        with PaneGrid(id="panes", classes=self.arrangement):
            kinds = dict(zip(PANES, (ExplorationPane, PlanPane, OutputPane, TimelinePane)))
            if self.arrangement == "stage":
                kinds = {self.stage: kinds.pop(self.stage), **kinds}
            for name, kind in kinds.items():
                pane = kind(id=name, classes="stage" if name == self.stage else "rail")
                pane.data_bind(Workbench.view, Workbench.is_read_only, Workbench.elapsed)
                if isinstance(pane, OutputPane):
                    pane.data_bind(Workbench.touched, Workbench.watches)
                yield pane
        yield from self.compose_driving()
        yield FooterLine(id="footer")

    def compose_driving(self) -> Iterable[Widget]:
        """What stands between panes and footer."""
        return ()

    def on_mount(self) -> None:
        keep_toasts_above(self.query_one(PaneGrid))
        self._relabel_tabs()
        self._set_stage()
        self.call_after_refresh(self._open_first)

    @property
    def panes(self) -> list[Pane]:
        return sorted(self.query(Pane), key=lambda pane: pane.number)

    @property
    def is_editing(self) -> bool:
        return self._takes_letters or bool(self.query(".editing"))

    @property
    def _takes_letters(self) -> bool:
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    def show_pane(self, name: str) -> None:
        self.stage = name
        # At once, not by `focus()`: that comes later, and another pane may be wanted by then.
        self.set_focus(self.query_one(f"#{name}", Pane).focus_content())

    def regain_focus(self) -> None:
        self.show_pane(self.stage)

    def relabel(self) -> None:
        for pane in self.panes:
            pane.relabel()
        self._relabel_tabs()
        self.query_one(PhaseBar).refresh()
        self._set_footer()

    def watch_view(self, view: View) -> None:
        """A new phase brings its pane on the stage, unless the person is at work in another."""
        if view.session_id and view.session_id != self._session_seen:
            self._session_seen = view.session_id
            if self._has_opened and not self.is_editing:
                self._open_first()
        if self._has_opened and view.phase != self._phase_seen:
            self._phase_seen = view.phase
            wanted = STAGE_OF_PHASE.get(view.phase, self.stage)
            if not self.is_editing and not self._at_work and wanted != self.stage:
                self.show_pane(wanted)
        if self.is_mounted:
            is_empty = self.query_one(f"#{self.stage}", Pane).is_empty
            if is_empty is not self._was_empty:
                self._was_empty = is_empty
                self._set_footer()

    def _open_first(self) -> None:
        self._has_opened = True
        self._phase_seen = self.view.phase
        self.show_pane(self._first_pane)

    @property
    def _first_pane(self) -> str:
        """That which was on the stage when this session was last looked at, else its phase's."""
        folder, _, name = self._pane_before.rpartition(" ")
        if name in PANES and folder and folder == self.session_folder:
            return name
        return STAGE_OF_PHASE.get(self.view.phase, self.stage)

    def watch_stage(self) -> None:
        if self.is_mounted:
            self._set_stage()
        if self._session_seen:
            self.outside.remember("pane", f"{self.session_folder} {self.stage}")

    def watch_mood(self) -> None:
        if self.is_mounted:
            self._set_footer()

    def watch_arrangement(self) -> None:
        if self.is_mounted:
            self._set_stage()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if event.widget is not self.focused:
            return  # it has gone on to another since
        for node in event.widget.ancestors_with_self:
            if isinstance(node, Pane) and node.id:
                self.stage = node.id
        self._set_footer()

    def on_key(self, event: events.Key) -> None:
        self._at_work.press(event.key)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if any(pane.region.contains_point(event.screen_offset) for pane in self.query(Pane)):
            self._at_work.point()

    def on_resize(self) -> None:
        self.call_after_refresh(self._set_stage)

    @on(TabStrip.Picked)
    def _picked(self, event: TabStrip.Picked) -> None:
        self.show_pane(event.pane)

    def action_show_pane(self, name: str) -> None:
        self.show_pane(name)

    def action_next_pane(self) -> None:
        self._go_round(1)

    def action_previous_pane(self) -> None:
        self._go_round(-1)

    def action_maximise(self) -> None:
        is_solo = self.arrangement == "solo"
        self._many_panes = self._many_panes if is_solo else self.arrangement
        self.arrangement = self._many_panes if is_solo else "solo"
        self.outside.remember("layout", self.arrangement)

    def action_change_layout(self) -> None:
        self.arrangement = LAYOUTS[(LAYOUTS.index(self.arrangement) + 1) % len(LAYOUTS)]
        self.outside.remember("layout", self.arrangement)
        self.notify(say(f"layout.{self.arrangement}"))

    def action_widen(self) -> None:
        self._share_out(self._stage_share + 5)

    def action_narrow(self) -> None:
        self._share_out(self._stage_share - 5)

    @on(PaneGrid.Shared)
    def _drawn(self, event: PaneGrid.Shared) -> None:
        self._share_out(event.percent, lasts=event.is_let_go)

    @on(PaneGrid.TitleClicked)
    def _title_clicked(self, event: PaneGrid.TitleClicked) -> None:
        self.show_pane(event.pane)
        if event.is_double:
            self.action_maximise()

    def _share_out(self, percent: int, *, lasts: bool = True) -> None:
        """How much of the width the stage has; remembered."""
        self._stage_share = max(30, min(percent, 85))
        if lasts:
            self.outside.remember("stage_share", str(self._stage_share))
        self._set_stage()

    def _go_round(self, by: int) -> None:
        if self.query(".editing"):
            return  # a form goes round by itself, and a text has to be left by esc
        self.show_pane(PANES[(PANES.index(self.stage) + by) % len(PANES)])

    def _set_stage(self) -> None:
        frame = self.query_one("#panes")
        wide, rest = self._stage_share, 100 - self._stage_share
        is_stage = self.arrangement == "stage" and not self.has_class("-narrow")
        frame.styles.grid_columns = f"{wide}fr {rest}fr" if is_stage else None
        for name in LAYOUTS:
            frame.set_class(self.arrangement == name, name)
        self.set_class(self.arrangement == "solo", "is-solo")
        for place, pane in enumerate(self.panes):
            is_stage = pane.id == self.stage
            pane.set_class(is_stage, "stage")
            pane.set_class(not is_stage, "rail")
            # A grid fills in this order; only the stage comes out of its turn.
            frame.move_child(pane, before=place) if frame.children[place] is not pane else None
        if self.arrangement == "stage":
            stage = self.query_one(f"#{self.stage}", Pane)
            if frame.children[0] is not stage:
                frame.move_child(stage, before=0)
        self._set_footer()

    def _set_footer(self) -> None:
        focused = self.focused
        footer = self.query_one(FooterLine)
        footer.is_typing = self._takes_letters
        app = [command for command in commands("app") if command.footer]
        if self.query(".editing"):
            footer.groups = (commands("form"), app)
            return
        if isinstance(focused, FilterLine):
            footer.groups = ((), app)  # enter is the line's own, not the list's
            return
        footer.groups = (self._commands_here(), self.driving_commands(), app)

    def _commands_here(self) -> list[Command]:
        """Of the pane that is focused; where it is empty, the ways to the others."""
        if self.query_one(f"#{self.stage}", Pane).is_empty:
            return [one for one in commands("workbench") if one.name in ("next_pane", "maximise")]
        where = "output" if isinstance(self.focused, OutputTail) else self.stage
        return [
            command
            for command in commands(where)
            if command.footer and not (self.is_read_only and command.edits)
        ]

    def driving_commands(self) -> list[Command]:
        """What moves the session on from here."""
        return []

    def _relabel_tabs(self) -> None:
        self.query_one(TabStrip).titles = tuple(
            (name, f"{number} {say(f'pane.{name}')}") for number, name in enumerate(PANES, start=1)
        )
