"""Every setting and every key: what it is, who decides it, and what it shall be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from itc_tui.domain.trouble import Trouble
from itc_tui.settings import Layer, Settings, Source, notes_on, settled
from itc_tui.ui.commands import commands
from itc_tui.ui.look import sheets
from itc_tui.ui.outside import Outside
from itc_tui.ui.preferences import Entry, entries_of, fault_in, next_choice, value_of
from itc_tui.ui.screens.press import PressKey
from itc_tui.ui.setting_rows import detail_rows, headed
from itc_tui.ui.text import plain
from itc_tui.ui.topmost import Topmost
from itc_tui.ui.widgets.filter_line import FilterLine
from itc_tui.ui.widgets.footer_line import FooterLine
from itc_tui.ui.widgets.one_line import OneLine
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.setting_list import SettingList
from itc_tui.ui.widgets.wish import Wish
from itc_tui.ui.words import say, told


class ValueField(OneLine):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    @dataclass
    class Left(Message):
        pass

    def action_leave(self) -> None:
        self.post_message(self.Left())


class SettingsScreen(Topmost, Screen[None]):
    CSS_PATH = sheets("settings")
    AUTO_FOCUS = "SettingList"

    @dataclass
    class Changed(Message):
        settings: Settings

    def __init__(self, outside: Outside) -> None:
        super().__init__()
        self.outside = outside
        self._entries: list[Entry] = []
        self._keymap: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield Static(id="settings-head")
        with Container(id="settings-panes"):
            with Vertical(id="settings-box"):
                yield SettingList(id="settings-list")
            with Vertical(id="setting-box"):
                yield ValueField(id="setting-value", compact=True, select_on_focus=False)
                yield Static(id="setting-wrong")
                yield Reading(id="setting-detail")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        field = self.query_one(ValueField)
        field.display = field.cursor_blink = False
        self._mark("", is_wrong=False)
        self._read()
        self.relabel()
        for note in notes_on(self._layers()):
            self.app.notify(note, severity="warning", timeout=10)

    def relabel(self) -> None:
        head = Content.assemble(
            (say("settings.title"), "bold $accent"),
            (f"  {plain(self._file)}", "$foreground 60%"),
        )
        self.query_one("#settings-head", Static).update(head)
        self._read()
        self._set_footer()

    def _set_footer(self) -> None:
        """`q` only goes back from here; the field says itself what its keys do."""
        footer = self.query_one(FooterLine)
        footer.is_typing = is_typing = isinstance(self.focused, Input)
        mine = [command for command in commands("settings") if command.footer and not is_typing]
        app = [command for command in commands("app") if command.footer and command.name != "quit"]
        footer.groups = (mine, app)

    def on_descendant_focus(self) -> None:
        self._set_footer()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_detail)

    @property
    def chosen(self) -> Entry | None:
        return self.query_one(SettingList).chosen

    @property
    def _file(self) -> str:
        layers = self._layers()
        return next((one.place for one in layers if one.source is Source.USER), "")

    def _layers(self) -> Sequence[Layer]:
        told = self.outside.layers() if self.outside.layers else ()
        return told or (Layer(Source.DEFAULT, "", asdict(Settings())),)

    def _read(self) -> None:
        """From the files as they are now, so that what is shown is what holds."""
        try:
            layers = self._layers()
            self._keymap = dict(settled(layers).keys)
            self._entries = entries_of(layers, sorted(self.app.available_themes))
        except Trouble as trouble:
            self.app.notify(told(trouble.sentence), severity="error", timeout=10)
        self._lay()

    def _lay(self) -> None:
        needle = FilterLine.text_in(self, "settings-filter")
        self.query_one(SettingList).lay(headed(self._entries, needle))
        self._show_detail()

    @on(RowList.Moved)
    def _show_detail(self) -> None:
        part = self.query_one("#setting-detail", Reading)
        part.read(detail_rows(self.chosen, part.size.width or 40) if self.chosen else ())

    @on(RowList.Chosen)
    def _chosen_by_mouse(self) -> None:
        self.action_change()

    @on(Wish)
    async def _grant(self, event: Wish) -> None:
        event.stop()
        await self.run_action(event.action)

    def action_change(self) -> None:
        entry = self.chosen
        if entry is None:
            return
        if entry.command:
            self._press_key(entry)
        elif entry.choices:
            self.action_turn(1)
        else:
            self._write(entry, entry.own if entry.own is not None else entry.text)

    def action_turn(self, by: int) -> None:
        entry = self.chosen
        if entry and entry.choices:
            self._save(entry, next_choice(entry, by))

    def action_write_keys(self) -> None:
        entry = self.chosen
        if entry and entry.command:
            self._write(entry, entry.text.replace(",", ", "))
        else:
            self.app.notify(say("settings.only_keys"))

    def action_to_default(self) -> None:
        entry = self.chosen
        if entry is None:
            return
        if entry.own is None:
            self.app.notify(say("settings.not_set"))
        else:
            self._put(entry, None)

    def action_filter(self) -> None:
        box = self.query_one("#settings-box")
        FilterLine.open_in(box, "filter_settings", "settings-filter")

    def action_leave_settings(self) -> None:
        self.dismiss()

    @work(group="press")
    async def _press_key(self, entry: Entry) -> None:
        def fault(key: str) -> str:
            return fault_in(entry, key, self._keymap, ())

        dialog = PressKey(entry.label, entry.shown(entry.text), fault)
        key = await self.app.push_screen_wait(dialog)
        if key is not None:
            self._save(entry, key)

    def _write(self, entry: Entry, text: str) -> None:
        field = self.query_one(ValueField)
        field.display = True
        field.value = text
        field.cursor_position = len(text)
        field.focus()
        self._tell(entry, text)

    @on(Input.Changed, "#setting-value")
    def _check(self, event: Input.Changed) -> None:
        if self.chosen and event.input.display:
            self._tell(self.chosen, event.value)

    @on(Input.Submitted, "#setting-value")
    def _take_up(self, event: Input.Submitted) -> None:
        if self.chosen and not self._fault(self.chosen, event.value):
            self._save(self.chosen, event.value)
            self._close_field()

    @on(ValueField.Left)
    def _close_field(self) -> None:
        self.query_one(ValueField).display = False
        self._mark("", is_wrong=False)
        self.query_one(SettingList).focus()

    @on(FilterLine.Narrowed)
    def _narrow(self, event: FilterLine.Narrowed) -> None:
        event.stop()
        self._lay()

    @on(FilterLine.Left)
    def _back(self, event: FilterLine.Left) -> None:
        event.stop()
        self.query_one(SettingList).focus()

    def _fault(self, entry: Entry, text: str) -> str:
        return fault_in(entry, text, self._keymap, self.outside.engines)

    def _tell(self, entry: Entry, text: str) -> None:
        fault = self._fault(entry, text)
        self._mark(f"! {fault}" if fault else say("settings.edit_help"), is_wrong=bool(fault))

    def _mark(self, words: str, *, is_wrong: bool) -> None:
        mark = self.query_one("#setting-wrong", Static)
        mark.update(Content(plain(words)))
        mark.set_class(is_wrong, "is-wrong")
        mark.display = bool(words)

    def _save(self, entry: Entry, text: str) -> None:
        self._put(entry, value_of(entry, text))

    def _put(self, entry: Entry, value: object) -> None:
        put = self.outside.put_setting
        if put is None:
            self.app.notify(say("settings.nowhere"), severity="warning")
            return
        try:
            put(entry.name, value)
            settings = settled(self._layers())
        except Trouble as trouble:
            self.app.notify(told(trouble.sentence), severity="error", timeout=10)
            return
        self._read()
        self.post_message(self.Changed(settings))
