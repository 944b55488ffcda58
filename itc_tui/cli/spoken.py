"""Which language the command line speaks, and click's own words in it."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from itc_tui.domain.trouble import Trouble
from itc_tui.speech import LANGUAGES, language_of_locale, speak, spoken, tell, told

lang = click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the interface.")


def listen(words: Sequence[str]) -> None:
    """Before anything is parsed: what goes wrong there is told in the language asked for."""
    speak(_asked_for(words) or os.environ.get("ITC_LANG") or _own() or language_of_locale())


def leading_language(words: Sequence[str]) -> int:
    """How many words in front of a command say nothing but the language."""
    count = 0
    while count < len(words) and words[count].partition("=")[0] == "--lang":
        count += 1 if "=" in words[count] else 2
    return min(count, len(words))


def show(error: click.ClickException) -> None:
    """As click does it, in the language that is spoken."""
    if spoken() == "en":
        error.show()
        return
    context = getattr(error, "ctx", None)
    if context is not None:
        click.echo(context.get_usage(), err=True)
        click.echo(tell("Try '{command} -h' for help.", command=context.command_path), err=True)
        click.echo(err=True)
    click.echo(tell("Error: {message:said}", message=error.format_message()), err=True)


class _Lines(click.HelpFormatter):
    """Text, headings and tables of a help page."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(
            prog,
            args,
            prefix if prefix is not None else tell("Usage:") + (" " if spoken() == "en" else ""),
        )

    def write_heading(self, heading: str) -> None:
        mark = ":" if spoken() == "en" else "："
        self.write(f"{'':>{self.current_indent}}{told(heading)}{mark}\n")

    def write_text(self, text: str) -> None:
        paragraphs = inspect.cleandoc(text).split("\n\n")
        super().write_text("\n\n".join(map(_paragraph, paragraphs)))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        said = []
        for name, text in rows:
            words, gap, bounds = text.partition("  [")
            said.append((name, told(words) + gap + bounds))
        super().write_dl(said, col_max, col_spacing)


class SpokenContext(click.Context):
    formatter_class = _Lines


class SpokenCommand(click.Command):
    context_class = SpokenContext

    def get_short_help_str(self, limit: int = 45) -> str:
        first = _paragraph(inspect.cleandoc(self.help or "").split("\n\n")[0])
        return super().get_short_help_str(limit) if spoken() == "en" else first.rstrip("。")


def _paragraph(text: str) -> str:
    """Lines that click shall keep as they are begin with a mark, and stay apart."""
    return told(text) if text.startswith("\b") else told(" ".join(text.split("\n")))


def _asked_for(words: Sequence[str]) -> str:
    for at, word in enumerate(words):
        name, has_value, value = word.partition("=")
        if word == "--":
            break
        if name == "--lang":
            asked = value if has_value else "".join(words[at + 1 : at + 2])
            return asked if asked in LANGUAGES else ""
    return ""


def _own() -> str:
    from itc_tui.settings import load_settings

    try:
        return load_settings(Path(), {}).lang
    except Trouble:
        return ""  # what is wrong with the settings is said by whoever needs them
