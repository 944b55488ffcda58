"""The frame of the panes, for the mouse: its inner border is drawn, its titles are clicked."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.containers import Container
from textual.message import Message


class PaneGrid(Container):
    @dataclass
    class Shared(Message):
        """The border between stage and rail is drawn to here."""

        percent: int
        is_let_go: bool

    @dataclass
    class TitleClicked(Message):
        pane: str
        is_double: bool

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._is_drawing = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        edge = self._edge
        if event.button == 1 and edge is not None and event.screen_x in (edge - 1, edge):
            self._is_drawing = True
            self.capture_mouse()
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._is_drawing:
            self._share(event.screen_x, is_let_go=False)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._is_drawing:
            self._is_drawing = False
            self.release_mouse()
            self._share(event.screen_x, is_let_go=True)

    def on_click(self, event: events.Click) -> None:
        for pane in self.children:
            on_title = event.screen_y == pane.region.y and pane.region.contains_point(
                event.screen_offset
            )
            if pane.display and on_title:
                self.post_message(self.TitleClicked(pane.id or "", event.chain == 2))

    def _share(self, screen_x: int, *, is_let_go: bool) -> None:
        share = (screen_x + 1 - self.region.x) / max(1, self.region.width)
        self.post_message(self.Shared(round(share * 100), is_let_go))

    @property
    def _edge(self) -> int | None:
        """Where the rail begins; None while there is no rail beside the stage."""
        shown = [pane for pane in self.children if pane.display]
        if not self.has_class("stage") or len(shown) < 2:
            return None
        return shown[1].region.x
