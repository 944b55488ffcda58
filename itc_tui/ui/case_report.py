"""What there is to read about one test: why it failed, both sides, the way there, its output."""

from __future__ import annotations

from itc_tui.ui.diffs import two_sides
from itc_tui.ui.text import plain, plain_lines, wrap
from itc_tui.ui.view import CaseLine
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.words import say, say_or, told

STATE_SIGNS = {
    "waiting": ("·", "faint"),
    "running": ("▶", "accent"),
    "passed": ("✓", "good"),
    "failed": ("✗", "bad"),
    "error": ("!", "bad"),
    "skipped": ("↷", "warn"),
    "xfailed": ("x", "warn"),
    "xpassed": ("X", "warn"),
    "timed_out": ("◷", "bad"),
    "crashed": ("☠", "bad"),
    "not_run": ("–", "warn"),
    "flaky": ("≈", "bad"),
}
"""A sign as well as a colour, so that colour is never the only one."""


def name_of(node_id: str) -> str:
    """The test's own name, as it would be said."""
    name = node_id.partition("::")[2] or node_id
    return name.replace("::", " › ").removeprefix("test_").replace("_", " ")


def report(case: CaseLine, width: int) -> list[Row]:
    result = case.result
    sign, paint = STATE_SIGNS.get(case.state, ("?", "warn"))
    rows: list[Row] = [
        (
            (f"{sign} {say(f'state.{case.state}')}  ", paint),
            (plain(name_of(case.node_id)), "strong"),
        )
    ]
    if not case.is_over:
        return rows
    place = f"{plain(result.file)}:{result.line}" if result and result.file else plain(case.node_id)
    where = ""
    if result and case.is_bad:
        stage = say_or(f"stage.{result.stage}", plain(result.stage))
        where = f" · {say('report.in_stage', stage=stage)}"
    rows.append(((f"{place}{where}", "dim"),))
    if result is None:
        return rows
    if result.message:
        rows += [(), *(((part, "bad"),) for part in wrap(plain(told(result.message)), width - 1))]
    if result.comparison and (result.comparison.left or result.comparison.right):
        operator = plain(result.comparison.op)
        rows += [(), _heading(say("report.sides", operator=operator))]
        rows += two_sides(result.comparison, width)
    for word, text in (
        ("traceback", result.traceback),
        ("stdout", result.stdout),
        ("stderr", result.stderr),
        ("log", result.log),
    ):
        if text.strip():
            rows += [
                (),
                _heading(say(f"report.{word}")),
                *(_line(part) for line in plain_lines(text) for part in wrap(line, width - 1)),
            ]
    return rows


def _heading(text: str) -> Row:
    return ((text, "heading"),)


def _line(text: str) -> Row:
    return ((text, "bad" if text.startswith("E ") else "dim" if text.startswith(" ") else ""),)
