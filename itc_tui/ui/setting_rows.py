"""Settings as rows: the list of them, and all there is to know of one."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.settings import Source
from itc_tui.ui.preferences import Entry
from itc_tui.ui.text import cut, fit, plain, wrap
from itc_tui.ui.widgets.painting import Row, spread
from itc_tui.ui.words import say

CHOICES_AT_ONCE = 7


def entry_row(entry: Entry, width: int) -> Row:
    is_own = entry.source is not Source.DEFAULT
    label = min(24, max(14, width // 3))
    value = cut(plain(entry.shown(entry.text)), max(8, width - label - 18))
    source: Row = ((f"{say(f'source.{entry.source}')} ", "dim"),) if is_own else ()
    mark = "●" if is_own else " "
    return spread(
        ((f" {mark} ", "accent"), (fit(entry.label, label), ""), (value, "strong")), source, width
    )


def detail_rows(entry: Entry, width: int) -> list[Row]:
    width = max(20, width)
    rows: list[Row] = [((entry.label, "strong"),)]
    rows += [((line, ""),) for line in wrap(entry.more, width)]
    effect = say("settings.at_once" if entry.is_at_once else "settings.next_session")
    rows += [((line, "dim"),) for line in wrap(effect, width)]
    if told := entry.overruled_by:
        sentence = say("settings.wins", source=say(f"source.{told.source}"))
        for number, line in enumerate(wrap(sentence, width - 2)):
            rows.append((("  " if number else "! ", "warn"), (line, "warn")))
    if entry.choices:
        rows += [(), ((say("settings.choices"), "heading"),), *_choices(entry, width)]
    rows += [(), ((say("settings.sources"), "heading"),), *_sources(entry, width)]
    rows += [(), ((say("settings.as_named", name=entry.name), "dim"),)]
    return rows


def _choices(entry: Entry, width: int) -> list[Row]:
    """A window around the present one where there are many."""
    at = entry.choices.index(entry.text) if entry.text in entry.choices else 0
    most = len(entry.choices) - CHOICES_AT_ONCE
    first = max(0, min(at - CHOICES_AT_ONCE // 2, most))
    rows: list[Row] = []
    for choice in entry.choices[first : first + CHOICES_AT_ONCE]:
        sign, paint = ("●", "accent") if choice == entry.text else ("○", "faint")
        rows.append(
            ((f" {sign} ", paint), (cut(plain(entry.shown(choice)), width - 3), _weight(sign)))
        )
    left = len(entry.choices) - len(rows)
    return [*rows, ((f"   +{left}", "faint"),)] if left > 0 else rows


def _weight(sign: str) -> str:
    return "strong" if sign == "●" else ""


def _sources(entry: Entry, width: int) -> list[Row]:
    """The deciding one first."""
    rows: list[Row] = []
    for told in reversed(entry.told):
        decides = told is entry.told[-1]
        head: Row = (
            ("▸ " if decides else "  ", "accent"),
            (fit(say(f"source.{told.source}"), 15), "strong" if decides else "dim"),
            (cut(plain(entry.shown(told.text)), max(4, width - 17)), "" if decides else "dim"),
        )
        rows.append(head)
        if told.source is Source.USER:
            rows += [(("    ", ""), (line, "faint")) for line in wrap(plain(told.place), width - 4)]
    return rows


def headed(entries: Sequence[Entry], needle: str) -> list[Entry | str]:
    """Those that match, each group under its heading."""
    rows: list[Entry | str] = []
    group = ""
    for entry in entries:
        words = f"{entry.label} {entry.name} {entry.more} {entry.shown(entry.text)}".lower()
        if needle.lower() not in words:
            continue
        if entry.group != group:
            group = entry.group
            rows.append(group)
        rows.append(entry)
    return rows
