"""The application: themes, language, palette, and which screen stands on which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.notifications import SeverityLevel
from textual.screen import Screen

from itc_tui.ui.commands import bindings, remap
from itc_tui.ui.leaving import Left, quit_on_signals
from itc_tui.ui.look import Look, sheets
from itc_tui.ui.outside import Launch, Outside
from itc_tui.ui.screens.start import StartScreen
from itc_tui.ui.text import plain
from itc_tui.ui.themes import LOOKS, THEMES
from itc_tui.ui.words import LANGUAGES, language_of_locale, speak, spoken

if TYPE_CHECKING:
    from itc_tui.ui.screens.live import LiveWorkbench
    from itc_tui.ui.screens.workbench import Workbench

# What knows the domain is imported when it is needed: the first paint does not wait for it.


class ItcApp(App[Left]):
    CSS_PATH: ClassVar[list[str | PurePath]] = sheets("app", "start")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app"),
        # Heard over every dialog and in every field.
        Binding("ctrl+q", "quit", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own type
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    TITLE = "itc"

    def __init__(self, outside: Outside, look: Look, errand: StartScreen.Errand) -> None:
        super().__init__()
        self.outside = outside
        self.look = look
        self._errand = errand
        self._bench: LiveWorkbench | None = None
        self._shown: list[Workbench] = []
        speak(look.language or language_of_locale())
        self._dress()

    def _dress(self) -> None:
        """Before the sheets are read: changing the theme later would read them twice."""
        for theme in THEMES:
            self.register_theme(theme)
        wanted = self.look.theme or self.outside.recall("theme") or LOOKS[0]
        self.set_reactive(App.theme, wanted if wanted in self.available_themes else LOOKS[0])
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        if self.look.reduced_motion:
            self.animation_level = "none"
        if self.look.keys:
            self.set_keymap(dict(self.look.keys))
            remap(self.look.keys)
        if not self.is_headless:
            quit_on_signals(self)

    def get_driver_class(self) -> type[Driver]:
        chosen = super().get_driver_class()
        if chosen.__name__ == "LinuxDriver":
            with suppress(ImportError):  # it leans on Textual's inside; without it all still works
                from itc_tui.ui.driver import PromptDriver

                return PromptDriver
        return chosen

    def get_default_screen(self) -> Screen[Any]:
        """The one beneath all others; not pushed, so that nothing is painted before it."""
        return StartScreen(self.outside, self._errand)

    @on(StartScreen.Launched)
    def _drive(self, event: StartScreen.Launched) -> None:
        self.drive(event.launch)

    def drive(self, launch: Launch) -> None:
        from itc_tui.ui.screens.live import LiveWorkbench

        is_stepping = self._errand.step_by_step
        self._bench = LiveWorkbench(self.outside, launch, step_by_step=is_stepping)
        self._show(self._bench)

    def await_loop(self) -> None:
        """The screen is gone already; what the loop holds is put down before the process ends."""
        if self._bench:
            self._bench.worker.join()
        for shown in self._shown:
            shown.await_rerun()

    @on(StartScreen.Review)
    def _review(self, event: StartScreen.Review) -> None:
        from itc_tui.ui.screens.replay import ReplayWorkbench

        self._show(ReplayWorkbench(self.outside, event.folder, follows=event.follows))

    def _show(self, workbench: Workbench) -> None:
        self._shown.append(workbench)
        self.push_screen(workbench)

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

    def bell(self) -> None:
        if self.look.bell:
            super().bell()

    def action_help(self) -> None:
        from itc_tui.ui.screens.help import help_page

        self.push_screen(help_page(self.screen, min(self.size.width - 12, 110)))

    def action_change_look(self) -> None:
        at = LOOKS.index(self.theme) if self.theme in LOOKS else -1
        self.theme = LOOKS[(at + 1) % len(LOOKS)]
        self.outside.remember("theme", self.theme)

    def action_change_language(self) -> None:
        speak(LANGUAGES[(LANGUAGES.index(spoken()) + 1) % len(LANGUAGES)])
        for screen in self.screen_stack:
            relabel: Callable[[], None] | None = getattr(screen, "relabel", None)
            if relabel:
                relabel()

    async def action_quit(self) -> None:
        """Everything at once: the loop and all it started, then the screen."""
        left = self._bench.leave() if self._bench else Left()
        self.exit(left)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        from itc_tui.ui.palette import palette

        return palette(self, screen)


def run_app(outside: Outside, look: Look | None = None, **errand: Any) -> Left:
    """Run until the person leaves. Look at isatty before; `errand` is as in `StartScreen.Errand`.

    `run_app(outside, topic="payments")` begins at once, `resume=` and `review=` (folders) go on
    with a session or show one, and with none of them the person is asked.
    """
    app = ItcApp(outside, look or Look(), StartScreen.Errand(**errand))
    left = app.run() or Left()
    app.await_loop()
    return left
