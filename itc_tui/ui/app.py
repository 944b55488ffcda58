"""The application: themes, language, palette, and which screen stands on which."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual.actions import SkipAction
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import get_current_worker

from itc_tui.domain.trouble import Trouble
from itc_tui.ui.attention import Attention, AttentionWanted
from itc_tui.ui.clipboard import CopyWanted, copy_somehow
from itc_tui.ui.commands import bindings
from itc_tui.ui.dressing import appear, change, choose_theme, dress, next_theme, relabel
from itc_tui.ui.errand import Errand, Launched, ReviewWanted
from itc_tui.ui.leaving import MEANT_S, Insistence, Left, quit_on_signals
from itc_tui.ui.look import Look, sheets
from itc_tui.ui.text import plain
from itc_tui.ui.words import LANGUAGES, say, speak, spoken, told

if TYPE_CHECKING:
    from itc_tui.ui.outside import Outside
    from itc_tui.ui.screens.live import LiveWorkbench
    from itc_tui.ui.screens.settings import SettingsScreen
    from itc_tui.ui.screens.workbench import Workbench

SETTLED_S = 1.0
TURN_S = 0.0005
"""How long the loop may compute while the screen waits for its turn; Python allows ten times it."""

# What knows the domain is imported when it is needed: the first paint does not wait for it.


class ItcApp(App[Left]):
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app"),
        # Heard over every dialog and in every field, as ctrl+q is.
        Binding("ctrl+c", "leave_if_meant", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own type
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    TITLE = "itc"

    def __init__(self, outside: Outside, look: Look, errand: Errand) -> None:
        # Those of the first screen at once: a sheet that comes later has all of them read again.
        first = ("workbench", "panes") if errand.review else ("start",)
        super().__init__(css_path=sheets("app", *first))
        self.outside = outside
        self.look = look
        self._errand = errand
        self._bench: LiveWorkbench | None = None
        self._attention = Attention()
        self._insistence = Insistence()
        self._handed_on: events.Key | None = None
        self._shown: list[Workbench] = []
        dress(self, look, outside)

    def on_mount(self) -> None:
        appear(self, self.look)
        if self.look.theme and self.look.theme not in self.available_themes:
            self.notify(say("settings.no_theme", name=self.look.theme), severity="warning")
        if not self.is_headless:
            quit_on_signals(self)
            self.set_timer(SETTLED_S, _collect_garbage_again)

    def on_app_focus(self) -> None:
        """A browser begins as a window in the background, where nothing takes the focus itself."""
        self.call_after_refresh(self._regain_focus)

    def _regain_focus(self) -> None:
        regain: Callable[[], None] = getattr(self.screen, "regain_focus", lambda: None)
        if self.screen.focused is None:
            regain()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the screen on top names, where it hears only some of the application's keys."""
        hears = getattr(self.screen, "HEARS", None)
        return hears is None or action in hears

    def get_driver_class(self) -> type[Driver]:
        chosen = super().get_driver_class()
        if chosen.__name__ == "LinuxDriver":
            with suppress(ImportError):  # it leans on Textual's inside; without it all still works
                from itc_tui.ui.driver import PromptDriver

                return PromptDriver
        return chosen

    def get_default_screen(self) -> Screen[Any]:
        """The one beneath all others; not pushed, so that nothing is painted before it."""
        if self._errand.review:
            from itc_tui.ui.screens.doorway import Doorway

            wanted = ReviewWanted(self._errand.review, self._errand.follows)
            return self._sized(Doorway(self.outside, wanted))
        from itc_tui.ui.screens.start import StartScreen

        return self._sized(StartScreen(self.outside, self._errand))

    @on(Launched)
    def _drive(self, event: Launched) -> None:
        from itc_tui.ui.screens.live import LiveWorkbench

        is_stepping = self._errand.step_by_step
        self._bench = LiveWorkbench(self.outside, event.launch, step_by_step=is_stepping)
        self._show(self._bench)

    def await_loop(self) -> None:
        """The screen is gone already; what the loop holds is put down before the process ends."""
        if self._bench:
            self._bench.worker.join()
        for shown in self._shown:
            shown.await_beside()

    @on(ReviewWanted)
    @work(thread=True, group="opening", exclusive=True)
    def _review(self, event: ReviewWanted) -> None:
        """The screen is laid out with the tests in it: ten thousand are there at first paint."""
        from itc_tui.ui.first_view import view_of
        from itc_tui.ui.screens.replay import ReplayWorkbench

        sight = self.outside.first_sight(event.folder)
        first = view_of(sight) if sight else None

        def show() -> None:
            self._show(ReplayWorkbench(self.outside, event.folder, first, follows=event.follows))

        if not get_current_worker().is_cancelled:
            self.call_from_thread(show)

    def _show(self, workbench: Workbench) -> None:
        self._shown.append(workbench)
        self.push_screen(self._sized(workbench))

    def _sized(self, screen: Screen[Any]) -> Screen[Any]:
        """With the classes of its size, so that all styles are not worked out twice."""
        for length, steps in (
            (self.size.width, self.HORIZONTAL_BREAKPOINTS),
            (self.size.height, self.VERTICAL_BREAKPOINTS),
        ):
            screen.add_class([name for least, name in steps if length >= least][-1], update=False)
        return screen

    def get_css_variables(self) -> dict[str, str]:
        """Textual's own themes do not know our quiet border."""
        variables = super().get_css_variables()
        is_ansi = variables["background"].startswith("ansi")
        quiet = "ansi_bright_black" if is_ansi else variables["surface-lighten-2"]
        return {"border-quiet": quiet, **variables}

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Never markup: most of what is told quotes something from outside."""
        del markup
        super().notify(
            plain(message), title=title, severity=severity, timeout=timeout, markup=False
        )

    async def on_event(self, event: events.Event) -> None:
        self._attention.notice(event)
        if not (isinstance(event, events.Key) and self._hands_on(event)):
            await super().on_event(event)

    def _hands_on(self, key: events.Key) -> bool:
        """Letters typed in the same instant as `/` were sent to the list, and come up from it.

        A field keeps each letter that it gets, so that one that comes up while it has the focus
        was meant for it.
        """
        field = self.focused
        if not key.is_forwarded or key is self._handed_on or field is None:
            return False
        if not field.check_consume_key(key.key, key.character):
            return False
        self._handed_on = key
        field.post_message(key)
        return True

    @on(AttentionWanted)
    def _call(self, wanted: AttentionWanted) -> None:
        self._attention.call(self, self.look, self.outside, wanted)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if self.look.reduced_motion and hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    @on(CopyWanted)
    def _copy(self, wanted: CopyWanted) -> None:
        try:
            way = copy_somehow(self.outside, wanted.text, super().copy_to_clipboard)
        except Trouble as trouble:
            self.notify(told(trouble.sentence), severity="error", timeout=10)
        else:
            self.notify(say("copied.how", what=wanted.what, way=way))

    def copy_to_clipboard(self, text: str) -> None:
        """What is selected, at ctrl+c: it goes the way of all copies."""
        self._clipboard = text  # for ctrl+v in a field
        self.post_message(CopyWanted(text, say("copied.selection")))

    def bell(self) -> None:
        if self.look.bell:
            super().bell()

    def action_help(self) -> None:
        from itc_tui.ui.screens.help import help_page

        self.push_screen(help_page(self.screen, min(self.size.width - 13, 110)))

    def action_command_palette(self) -> None:
        from itc_tui.ui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_change_look(self) -> None:
        self.action_choose_theme(next_theme(self))

    def action_choose_theme(self, name: str) -> None:
        if not choose_theme(self, name):
            self.notify(say("settings.no_color"))
        self.outside.remember("theme", name)

    def action_change_language(self) -> None:
        speak(LANGUAGES[(LANGUAGES.index(spoken()) + 1) % len(LANGUAGES)])
        self.outside.remember("language", spoken())
        relabel(self)

    def action_settings(self) -> None:
        from itc_tui.ui.screens.settings import SettingsScreen

        if not any(isinstance(screen, SettingsScreen) for screen in self.screen_stack):
            self.push_screen(SettingsScreen(self.outside))

    def on_settings_screen_changed(self, event: SettingsScreen.Changed) -> None:
        """By its name, because the screen is loaded when it is asked for."""
        try:
            before, self.look = self.look, Look.of(event.settings)
        except Trouble as trouble:
            self.notify(told(trouble.sentence), severity="error", timeout=10)
        else:
            change(self, before, self.look, self.outside)

    async def action_quit(self) -> None:
        """Everything at once: the loop and all it started, then the screen."""
        left = self._bench.leave() if self._bench else Left()
        self.exit(left)

    async def action_leave_if_meant(self) -> None:
        """At ctrl+c, where there is nothing to copy."""
        if getattr(self.focused, "selected_text", "") or self.screen.get_selected_text():
            raise SkipAction
        if self._insistence.is_meant():
            await self.action_quit()
        else:
            self.notify(say("quit.again"), timeout=MEANT_S)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        from itc_tui.ui.palette import palette

        return palette(self, screen)


def _collect_garbage_again() -> None:
    """What was loaded until now stays; it need not be looked through again and again."""
    gc.freeze()
    gc.enable()


def run_app(outside: Outside, look: Look | None = None, **errand: Any) -> Left:
    """Run until the person leaves. Look at isatty before; `errand` is as in `Errand`.

    `run_app(outside, topic="payments")` begins at once, `resume=` and `review=` (folders) go on
    with a session or show one, and with none of them the person is asked.
    """
    sys.setswitchinterval(TURN_S)
    app = ItcApp(outside, look or Look(), Errand(**errand))
    left = app.run() or Left()
    app.await_loop()
    if app.return_code:  # a fault of ours; Textual has told it
        sys.exit(app.return_code)
    return left
