"""An iteration in words: its card on the timeline, the whole of it, and what all taught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from itc_tui.domain.vocabulary import Ending
from itc_tui.ui.diffs import of_edits
from itc_tui.ui.text import fit, plain, wrap
from itc_tui.ui.widgets.chart import paint_of
from itc_tui.ui.widgets.painting import Piece, Row, spread
from itc_tui.ui.words import say, told

if TYPE_CHECKING:
    from itc_tui.domain.iterations import Finding, Learnings
    from itc_tui.domain.summary import Summary
    from itc_tui.ui.view import Card

ENDING_SIGNS = {
    Ending.SUCCESS: ("✓", "good"),
    Ending.PARTIAL_SUCCESS: ("◐", "warn"),
    Ending.FAILURE: ("✗", "bad"),
}
_OUTCOMES = {
    "kept": ("✓", "good"),
    "undone": ("↶", "warn"),
    "reverted": ("↶", "bad"),
}


def card_rows(card: Card, width: int, *, is_marked: bool = False, most: int = 3) -> list[Row]:
    """The head that is chosen, then a few lines (at most so many of each), then a gap."""
    left: Row = ((f"{'▸' if is_marked else ' '}{card.iteration:>2}  ", "strong"), *_rates(card))
    rows: list[Row] = [spread(left, _outcome(card), width)]
    if card.choice:
        text = say("field.label", what=say(f"strategy.{card.choice.name}"))
        text += told(card.choice.reason)
        rows += _at_most(_labelled("strategy", text, width), most)
    if verdicts := _verdicts(card):
        rows.append((_label("failures"), *verdicts))
    if card.entry and card.entry.reflection:
        reflection = card.entry.reflection
        rows += _at_most(
            _labelled("assumed_reality", told(reflection.assumed_vs_reality), width), most
        )
        rows += _at_most(_labelled("learned", told(reflection.learned), width, ""), most)
    for one in card.interventions:
        deed = say(f"deed.{one.deed}", what=told(one.what)).rstrip("：: ")
        rows += _at_most(_labelled("by_you", deed, width, "accent"), most)
    for reason in card.refused:
        rows += _at_most(_labelled("refused", told(reason), width, "warn"), most)
    for finding in card.findings:
        rows += _labelled("bug", f"{finding.id} {told(finding.title)}", width, "bad")
    return [*rows, ()]


def whole_card(card: Card, width: int) -> list[Row]:
    """Everything known of one iteration."""
    rows = card_rows(card, width, most=1000)
    reflection = card.entry.reflection if card.entry else None
    if reflection:
        rows += _labelled("why", told(reflection.why_it_failed), width, "")
        rows += _labelled("next", told(reflection.next_action), width, "")
        rows.append(())
        for judgement in reflection.judgements:
            rows.append(
                (
                    (f"  {fit(say(f'verdict.{judgement.verdict}'), 14)}", "warn"),
                    (plain(judgement.test.rpartition("::")[2]), "strong"),
                )
            )
            rows += _indented(told(judgement.root_cause), width, 4)
    for finding in card.findings:
        rows += [(), ((f"{plain(finding.id)} {plain(told(finding.title))}", "bad"),)]
        rows += _labelled("contract", told(finding.contract), width)
        rows += _labelled("observed", told(finding.observed), width)
        for line in finding.reproduction.splitlines():
            # To be copied and run: broken over lines, and never cut.
            rows += [((f"    {part}", "accent"),) for part in wrap(plain(line), width - 4)]
    if card.edits:
        rows += [(), ((say("card.fix"), "heading"),), *_indented(told(card.explanation), width, 2)]
        rows += of_edits(card.edits)
    return rows


def comparison_rows(one: Card, other: Card, width: int) -> list[Row]:
    """What changed between two iterations: rates, which tests turned, and then both cards."""
    rows: list[Row] = [(*_compared_rate(one), ("   →   ", "dim"), *_compared_rate(other)), ()]
    before, after = (
        set(card.results.failed_tests if card.results else ()) for card in (one, other)
    )
    for word, paint, names in (
        ("turned_red", "bad", after - before),
        ("turned_green", "good", before - after),
        ("stayed_red", "warn", before & after),
    ):
        rows.append(((f"{say(f'compare.{word}')} ({len(names)})", "heading"),))
        rows += [((f"  {plain(name)}", paint),) for name in sorted(names)]
        rows.append(())
    for card in (one, other):
        rows += card_rows(card, width)
    return rows


def _compared_rate(card: Card) -> Row:
    rate = f"{card.rate:g} %" if card.rate is not None else "–"
    return ((f"{say('word.iteration')} {card.iteration}: ", "dim"), (rate, "strong"))


def learning_rows(learnings: Learnings | None, width: int) -> list[Row]:
    rows: list[Row] = []
    if learnings is None:
        return [((say("learn.none"), "dim"),)]
    if learnings.corrected:
        rows.append(((say("learn.corrected"), "heading"),))
        for item in learnings.corrected:
            rows += _indented(told(item.old), width, 2, "dim", prefix="− ")
            rows += _indented(
                f"{told(item.new)} ({say('word.iteration')} {item.iteration})", width, 2, "", "+ "
            )
        rows.append(())
    for word, items in (
        ("confirmed", learnings.confirmed),
        ("effective", learnings.effective),
        ("ineffective", learnings.ineffective),
        ("patterns", learnings.patterns),
    ):
        if items:
            rows.append(((say(f"learn.{word}"), "heading"),))
            for learning in items:
                rows += _indented(told(learning.text), width, 2, "", "· ")
            rows.append(())
    return rows or [((say("learn.none"), "dim"),)]


def conclusion_rows(
    summary: Summary, findings: Sequence[Finding], width: int, *, is_old: bool = False
) -> list[Row]:
    """`is_old`: something was taken back since."""
    sign, paint = ENDING_SIGNS[Ending(summary.result)]
    rows: list[Row] = [((f"{sign} {say(f'ending.{summary.result}')}", paint),)]
    rows += _indented(told(summary.why), width, 2)
    metrics = summary.test_metrics
    if total := metrics.integration_points_total:
        crossed = say("ending.crossed", count=metrics.integration_points_covered, total=total)
        rows += _indented(crossed, width, 2, "dim")
    if is_old:
        rows += _indented(say("ending.old"), width, 2, "warn", prefix="↶ ")
    for finding in findings:
        rows += _indented(f"{finding.id} {told(finding.title)}", width, 2, "bad", prefix="! ")
    for advice in summary.recommendations:
        if any(finding.id in advice for finding in findings):
            continue  # the finding stands above
        rows += _indented(told(advice), width, 2, "dim", prefix="→ ")
    return [*rows, ()]


def _rates(card: Card) -> tuple[Piece, ...]:
    if card.rate is None:
        return ((say("card.running"), "accent"),)
    if card.after is None:
        return ((f"{card.rate:g} %", paint_of(card.rate, 95)),)
    after = card.after.pass_rate
    arrow = "↗" if after > card.rate else "↘" if after < card.rate else "→"
    return ((f"{card.rate:g} {arrow} ", "dim"), (f"{after:g} %", paint_of(after, 95)))


def _outcome(card: Card) -> Row:
    if not card.outcome:
        return ()
    sign, paint = _OUTCOMES.get(card.outcome, ("·", "dim"))
    sha = f" {plain(card.sha[:7])}" if card.sha else ""
    return ((f"{sign} {say(f'outcome.{card.outcome}')}", paint), (sha, "dim"))


def _verdicts(card: Card) -> tuple[Piece, ...]:
    reflection = card.entry.reflection if card.entry else None
    if not reflection or not reflection.judgements:
        return ()
    counts = Counter(judgement.verdict for judgement in reflection.judgements)
    words = [f"{say(f'verdict.{verdict}')} ×{count}" for verdict, count in counts.most_common()]
    return (("  ".join(words), "warn"),)


_INDENT = 4


def _label(word: str) -> Piece:
    return (f"{'':{_INDENT}}{say(f'card.{word}')}  ", "faint")


def _labelled(word: str, text: str, width: int, paint: str = "dim") -> list[Row]:
    """A label, and the text hanging beneath it."""
    if not text:
        return []
    label = _label(word)
    return [
        ((("" if number else label[0]).ljust(_INDENT), "faint"), (part, paint))
        for number, part in enumerate(_hanging(plain(text), label[0], width))
    ]


def _at_most(rows: list[Row], most: int) -> list[Row]:
    """The whole of it is a key away."""
    if len(rows) <= most:
        return rows
    *_, (text, paint) = rows[most - 1]
    kept = text.rpartition(" ")[0] or text[:-2]
    return [*rows[: most - 1], (*rows[most - 1][:-1], (f"{kept} …", paint))]


def _hanging(text: str, label: str, width: int) -> list[str]:
    from rich.cells import cell_len

    first_room = max(8, width - cell_len(label))
    parts = wrap(text, first_room)
    if len(parts) == 1:
        return parts
    rest = text[len(parts[0]) :].strip()
    return [parts[0], *wrap(rest, max(8, width - _INDENT))]


def _indented(
    text: str, width: int, indent: int, paint: str = "dim", prefix: str = ""
) -> list[Row]:
    if not text:
        return []
    parts = wrap(plain(text), max(8, width - indent - len(prefix)))
    return [
        ((" " * indent + (prefix if number == 0 else " " * len(prefix)), "faint"), (part, paint))
        for number, part in enumerate(parts)
    ]
