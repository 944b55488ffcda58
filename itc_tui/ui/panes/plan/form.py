"""The form of one scenario or case: every field in place, with what is wrong beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static, TextArea

from itc_tui.ui.plan_fields import Field, fields_of, part_at, remark, shown, taken, wrong
from itc_tui.ui.text import plain
from itc_tui.ui.widgets.one_line import OneLine
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from itc_tui.domain.plan import Plan
    from itc_tui.ui.plan_draft import Spot


class OneOf(Static, can_focus=True):
    """A field with few choices: left and right go through them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "turn(-1)", show=False),
        Binding("right,l,space", "turn(1)", show=False),
        Binding("enter", "next", show=False),
    ]

    @dataclass
    class Done(Message):
        pass

    @dataclass
    class Turned(Message):
        one_of: OneOf
        value: str

    def __init__(self, field: Field, value: str) -> None:
        super().__init__(classes="one-of")
        self.field = field
        self.value = value

    def on_mount(self) -> None:
        self._show()

    def action_turn(self, by: int) -> None:
        assert self.field.choices is not None
        values = [choice.value for choice in self.field.choices]
        self.value = values[(values.index(self.value) + by) % len(values)]
        self._show()
        self.post_message(self.Turned(self, self.value))

    def action_next(self) -> None:
        self.post_message(self.Done())

    def _show(self) -> None:
        assert self.field.choices is not None
        parts: list[Content] = []
        for choice in self.field.choices:
            word = f" {say(f'{self.field.words}.{choice.value}')} "
            parts.append(Content.styled(word, "reverse" if choice.value == self.value else "dim"))
        self.update(Content.assemble(*parts))


class FieldInput(OneLine):
    def __init__(self, field: Field, value: str, boundaries: Sequence[str]) -> None:
        known = SuggestFromList(boundaries) if field.name == "boundary" else None
        super().__init__(value, compact=True, suggester=known, select_on_focus=False)
        self.field = field
        self.cursor_blink = False


class CodeField(TextArea):
    """Enter is a new line here, so tab goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
    ]

    @dataclass
    class Done(Message):
        pass

    def __init__(self, field: Field, value: str) -> None:
        super().__init__(value, compact=True, tab_behavior="focus", soft_wrap=True)
        self.field = field
        self.cursor_blink = False

    @property
    def value(self) -> str:
        return self.text

    def action_leave(self) -> None:
        self.post_message(self.Done())


class SpotForm(VerticalScroll):
    """Each change is handed up at once, so that undo takes back field by field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab,down", "next_field", show=False),
        Binding("shift+tab,up", "previous_field", show=False),
    ]
    can_focus = False

    @dataclass
    class Changed(Message):
        plan: Plan
        spot: Spot

    @dataclass
    class Left(Message):
        pass

    def __init__(self, plan: Plan, spot: Spot, boundaries: Sequence[str]) -> None:
        super().__init__(id="spot-form")
        self._plan = plan
        self._spot = spot
        self._boundaries = boundaries

    def compose(self) -> ComposeResult:
        part = part_at(self._plan, self._spot)
        yield Static(Content(f"{plain(part.id)}  {say('form.help')}"), classes="form-head")
        for field in fields_of(self._spot):
            value = shown(self._plan, self._spot, field)
            with Horizontal(classes="field"):
                yield Static(Content(say(f"field.{field.name}")), classes="field-label")
                if field.choices:
                    yield OneOf(field, value)
                elif field.is_code:
                    yield CodeField(field, value)
                else:
                    yield FieldInput(field, value, self._boundaries)
            yield Static(
                Content(remark(field, value)), classes="field-wrong", id=f"wrong-{field.name}"
            )
        if self._spot[1] is not None:
            part = self._plan.integration_scenarios[self._spot[0]].test_cases[self._spot[1]]
            source = f"{say(f'provenance.{part.provenance}')} · {plain(part.evidence) or '–'}"
            yield Static(
                Content(say("field.label", what=say("field.provenance")) + source),
                classes="form-head",
            )

    def on_mount(self) -> None:
        self.query(FieldInput).first().focus()
        for mark in self.query(".field-wrong"):
            mark.display = bool(str(mark.render()))

    @on(Input.Changed)
    def _check(self, event: Input.Changed) -> None:
        event.stop()
        if isinstance(event.input, FieldInput):
            self._tell(event.input.field, event.value)

    def _tell(self, field: Field, text: str) -> None:
        fault = wrong(self._plan, self._spot, field, text, self._boundaries)
        mark = self.query_one(f"#wrong-{field.name}", Static)
        mark.set_class(bool(fault), "is-wrong")
        told = fault or remark(field, text)
        mark.update(Content(told))
        mark.display = bool(told)

    @on(TextArea.Changed)
    def _remark(self, event: TextArea.Changed) -> None:
        event.stop()
        if isinstance(event.text_area, CodeField):
            self._tell(event.text_area.field, event.text_area.value)

    @on(CodeField.Done)
    def _done(self, event: CodeField.Done) -> None:
        event.stop()
        self.action_leave()

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self._go(1)

    @on(OneOf.Done)
    def _go_on(self, event: OneOf.Done) -> None:
        event.stop()
        self._go(1)

    @on(events.DescendantBlur)
    def _take_up_on_leaving(self, event: events.DescendantBlur) -> None:
        if isinstance(event.widget, FieldInput | CodeField):
            self._take_up(event.widget.field, event.widget.value)

    @on(OneOf.Turned)
    def _turned(self, event: OneOf.Turned) -> None:
        event.stop()
        self._take_up(event.one_of.field, event.value)

    def action_next_field(self) -> None:
        self._go(1)

    def action_previous_field(self) -> None:
        self._go(-1)

    def action_leave(self) -> None:
        for entry in self.query("FieldInput, CodeField"):
            assert isinstance(entry, FieldInput | CodeField)
            self._take_up(entry.field, entry.value)
        self.post_message(self.Left())

    def _go(self, by: int) -> None:
        """Round and round within the form."""
        fields = list(self.query("FieldInput, CodeField, OneOf"))
        here = next((at for at, field in enumerate(fields) if field.has_focus), 0)
        fields[(here + by) % len(fields)].focus()

    def _take_up(self, field: Field, text: str) -> None:
        if text == shown(self._plan, self._spot, field):
            return
        if wrong(self._plan, self._spot, field, text, self._boundaries):
            return  # the field says so; what stood there stays in the plan
        self._plan = taken(self._plan, self._spot, field, text)
        self.post_message(self.Changed(self._plan, self._spot))
