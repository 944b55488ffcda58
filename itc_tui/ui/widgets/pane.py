"""What the four panes have in common: a title, the view they are bound to, and a filter line."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from itc_tui.ui.text import plain
from itc_tui.ui.view import View
from itc_tui.ui.words import say


class Pane(Vertical):
    """Shows one part of the view. Its wishes go up as messages."""

    number = 0
    word = ""
    """`pane.WORD` is its title, `empty.WORD` what it says while there is nothing to show."""

    view: reactive[View] = reactive(View, repaint=False)
    is_read_only: reactive[bool] = reactive(False, repaint=False)
    elapsed: reactive[str] = reactive("", repaint=False)
    """The time on the bar; another one each second while the loop works."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._can_draw = False
        self._titles = ("", "")

    def on_mount(self) -> None:
        self._can_draw = True
        self.retitle()
        self.draw()

    def watch_view(self, before: View, view: View) -> None:
        """Thirty times a second something changes, and mostly it is somebody else's part."""
        mine_before, mine = self.parts(before), self.parts(view)
        if any(one is not other for one, other in zip(mine_before, mine)):
            self.redraw()

    def watch_elapsed(self) -> None:
        if self._can_draw:
            self.tick()

    def tick(self) -> None:
        """A second went by; of interest to those that show how long something takes."""

    def parts(self, view: View) -> tuple[object, ...]:
        """What of the view this pane shows."""
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        """There is nothing yet that its commands could be done to."""
        return False

    def redraw(self) -> None:
        """Draw, once there is something to draw on."""
        if self._can_draw:
            self.draw()

    def draw(self) -> None:
        """Hand the view's part to the widgets that show it."""
        raise NotImplementedError

    def focus_content(self) -> Widget:
        """Where the keys shall go when this pane is chosen."""
        raise NotImplementedError

    def retitle(self, remark: str = "") -> None:
        """Content objects, because a text would be read as markup."""
        titles = (f"{self.number} {say(f'pane.{self.word}')}", plain(remark))
        if titles != self._titles:
            self._titles = titles
            self.border_title, self.border_subtitle = (Content(title) for title in titles)

    def relabel(self) -> None:
        """The language changed."""
        self.retitle()
        self.redraw()
