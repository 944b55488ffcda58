"""The application: themes, language, palette, and the first screen; panes do the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.notifications import SeverityLevel
from textual.screen import Screen

from itc_tui.ui.commands import COMMANDS, bindings, remap
from itc_tui.ui.loop_worker import Mood
from itc_tui.ui.outside import Launch, Outside
from itc_tui.ui.screens.live import LiveWorkbench
from itc_tui.ui.screens.replay import ReplayWorkbench
from itc_tui.ui.screens.start import StartScreen
from itc_tui.ui.text import plain
from itc_tui.ui.themes import LOOKS, THEMES
from itc_tui.ui.words import LANGUAGES, language_of_locale, say, speak, spoken


@dataclass(frozen=True, slots=True)
class Look:
    """How the person wants the screen; from the settings."""

    theme: str = ""
    """One of ours, or any of Textual's; empty is what was used last, else dark."""
    language: str = ""
    """`en` or `zh`; empty is the locale's."""
    reduced_motion: bool = False
    bell: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command's identity (`workbench.step`) → keys."""


def styles_dir() -> Path:
    """Inside the wheel, or beside the package in a checkout."""
    inside = Path(__file__).parents[1] / "styles"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "styles"


class ItcApp(App[int]):
    CSS_PATH: ClassVar[list[str | PurePath]] = [*sorted(styles_dir().glob("*.tcss"))]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app"),
        # Heard over every dialog and in every field.
        Binding("ctrl+q", "quit", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own type
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    TITLE = "itc"

    def __init__(
        self,
        outside: Outside,
        look: Look,
        launch: Launch | None = None,
        review: str = "",
        *,
        step_by_step: bool = False,
    ) -> None:
        super().__init__()
        self.outside = outside
        self.look = look
        self._launch = launch
        self._review = review
        self._step_by_step = step_by_step
        speak(look.language or language_of_locale())

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        wanted = self.look.theme or self.outside.recall("theme") or LOOKS[0]
        self.theme = wanted if wanted in self.available_themes else LOOKS[0]
        if self.look.reduced_motion:
            self.animation_level = "none"
        if self.look.keys:
            self.set_keymap(dict(self.look.keys))
            remap(self.look.keys)
        self.push_screen(StartScreen(self.outside))
        if self._launch:
            self.push_screen(
                LiveWorkbench(self.outside, self._launch, step_by_step=self._step_by_step)
            )
        elif self._review:
            self.push_screen(ReplayWorkbench(self.outside, self._review))

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

        self.push_screen(help_page(self._places(), min(self.size.width - 12, 110)))

    def action_change_look(self) -> None:
        at = LOOKS.index(self.theme) if self.theme in LOOKS else -1
        self.theme = LOOKS[(at + 1) % len(LOOKS)]
        self.outside.remember("theme", self.theme)

    def action_change_language(self) -> None:
        speak(LANGUAGES[(LANGUAGES.index(spoken()) + 1) % len(LANGUAGES)])
        for screen in self.screen_stack:
            if relabel := getattr(screen, "relabel", None):
                relabel()

    async def action_quit(self) -> None:
        """Everything at once: the loop and all it started, then the screen."""
        workers = [
            screen.worker for screen in self.screen_stack if isinstance(screen, LiveWorkbench)
        ]
        for worker in workers:
            worker.stop()
        moods = [worker.mood for worker in workers]
        self.exit(130 if any(mood is Mood.STOPPING for mood in moods) else 0)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every command that can be used here, with its key."""
        places = set(self._places())
        for command in COMMANDS:
            if command.where in places and command.where != "list":
                title = f"{command.label}  ({command.key})"
                run = self._runner(command.name)
                yield SystemCommand(title, command.more, run)
        for theme in sorted(self.available_themes):
            yield SystemCommand(
                say("palette.theme", name=theme),
                "",
                lambda name=theme: setattr(self, "theme", name),
            )

    def _runner(self, action: str) -> Callable[[], None]:
        """Runs it where its key would be heard: the focused widget, or who holds it."""
        method = f"action_{action.partition('(')[0]}"
        start = self.focused or self.screen
        node = next((node for node in start.ancestors_with_self if hasattr(node, method)), self)

        def run() -> None:
            self.call_later(self.run_action, action, node)

        return run

    def _places(self) -> tuple[str, ...]:
        from itc_tui.ui.places import places_of

        return places_of(self.screen)


def run_app(
    outside: Outside,
    look: Look | None = None,
    launch: Launch | None = None,
    review: str = "",
    *,
    step_by_step: bool = False,
) -> int:
    """Run until the person leaves; the exit code. Look at isatty before."""
    app = ItcApp(outside, look or Look(), launch, review, step_by_step=step_by_step)
    code = app.run()
    if launch is not None:
        launch.stop.pull()
    return code if isinstance(code, int) else app.return_code or 0
