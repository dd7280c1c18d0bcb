"""Three scores as a page shows them: bars, sentences, lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from mehrwert.provision.assessing import Assessment, Line
from mehrwert.provision.choices import (
    MUNICIPAL_PHASE_LABELS,
    SOURCE_LABELS,
    STAGE_LABELS,
)
from mehrwert.provision.presenting.common import address, shown_number
from mehrwert.provision.rules import (
    BY_KEY,
    Reading,
    Score,
    is_gate_met,
)

BAR_WIDTH, BAR_HEIGHT, BAR_EDGE = 240, 26, 6


@dataclass(frozen=True, slots=True)
class ScoreShown:
    """One of the three scores as a page shows it."""

    name: str
    value: str
    sentence: str
    bar: SafeString
    lines: tuple["LineShown", ...]
    coverage: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """One indicator as a page shows it; ``grade`` is empty where nothing is known."""

    key: str
    statement: str
    measured: str
    found: str
    grade: str
    source: str
    is_gate: bool
    is_met: bool
    is_known: bool
    is_scored: bool
    url: str
    document: str


def label_of(value: str) -> str:
    """Return the label of a municipality in the reader's language."""
    return gettext(MUNICIPAL_PHASE_LABELS[value])


def show_scores(request: Any, found: Assessment) -> list[ScoreShown]:
    """Return the three scores, each with its indicators."""
    return [
        ScoreShown(
            name=gettext(STAGE_LABELS[stage]),
            value=shown_number(score.point) if score.point is not None else "",
            sentence=score_sentence(score),
            bar=score_bar(score),
            lines=tuple(
                show_line(request, line) for line in found.lines if line.indicator.stage is stage
            ),
            coverage=shown_number(100 * score.coverage),
        )
        for stage, score in found.scores.items()
    ]


def show_stored_scores(record: Mapping[str, Any]) -> list[ScoreShown]:
    """Return the three scores of a stored assessment."""
    return [
        ScoreShown(
            name=gettext(STAGE_LABELS[stage]),
            value=shown_number(score.point) if score.point is not None else "",
            sentence=score_sentence(score),
            bar=score_bar(score),
            lines=(),
            coverage=shown_number(100 * score.coverage),
        )
        for stage, stored in record["whole"]["scores"].items()
        for score in (Score(**stored),)
    ]


def show_shortly(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (name, score with bounds) of the three stages of a stored assessment."""
    return [
        (gettext(STAGE_LABELS[stage]), _score_of_hundred(Score(**stored)))
        for stage, stored in record["whole"]["scores"].items()
    ]


def score_sentence(score: Score) -> str:
    """Say a score with its bounds and the part that rests on data (PF-03, PF-04)."""
    if score.point is None or score.data_share is None:
        return gettext("Noch nichts bekannt, zwischen 0 und 100 ist alles möglich.")
    words = {
        "point": shown_number(score.point),
        "data": shown_number(100 * score.data_share),
        "low": shown_number(score.low),
        "high": shown_number(score.high),
    }
    return (
        gettext(
            "%(point)s von 100, zu %(data)s %% aus Daten oder mit Beleg. Wäre alles Unbekannte"
            " null, wären es %(low)s; im besten Fall %(high)s."
        )
        % words
    )


def score_short(score: Score) -> str:
    """Return the point with its bounds; a dash where only the bounds are known."""
    bounds = f"[{shown_number(score.low)} – {shown_number(score.high)}]"
    return f"{shown_number(score.point) if score.point is not None else '–'} {bounds}"


def _score_of_hundred(score: Score) -> str:
    """Return a score in words that need no legend: „36 von 100, möglich 28 bis 50“."""
    bounds = {"low": shown_number(score.low), "high": shown_number(score.high)}
    if score.point is None:
        return gettext("möglich %(low)s bis %(high)s von 100") % bounds
    point = gettext("%(point)s von 100") % {"point": shown_number(score.point)}
    if bounds["low"] == bounds["high"]:
        return point
    return point + ", " + gettext("möglich %(low)s bis %(high)s") % bounds


def score_bar(score: Score) -> SafeString:
    """Return the band of a score from its lower to its upper bound, with the point as a mark.

    The sentence beside it says the same, so it is hidden from screen readers.
    """
    middle = BAR_HEIGHT / 2
    low, high = _along(score.low), _along(score.high)
    parts = [
        f'<path d="M{BAR_EDGE} {middle}H{BAR_WIDTH - BAR_EDGE}" stroke="var(--line)"'
        ' stroke-width="8" stroke-linecap="round"/>',
        f'<path d="M{low:.1f} {middle}H{high:.1f}" stroke="var(--ink-3)" stroke-width="8"'
        ' stroke-linecap="round" opacity=".55"/>',
    ]
    if score.point is not None:
        at = _along(score.point)
        parts.append(
            f'<circle cx="{at:.1f}" cy="{middle}" r="7" fill="var(--blue)"'
            ' stroke="var(--card)" stroke-width="2"/>'
        )
    drawn = (
        f'<svg class="mw-mini" width="{BAR_WIDTH}" height="{BAR_HEIGHT}" viewBox="0 0 {BAR_WIDTH}'
        f' {BAR_HEIGHT}" aria-hidden="true" fill="none">{"".join(parts)}</svg>'
    )
    return mark_safe(drawn)  # noqa: S308 (numbers only)


def _along(value: float) -> float:
    return BAR_EDGE + value / 100 * (BAR_WIDTH - 2 * BAR_EDGE)


def show_line(request: Any, line: Line) -> LineShown:
    """Return one indicator in the reader's words."""
    indicator, observed, answer = line.indicator, line.observed, line.answer
    return LineShown(
        key=indicator.key,
        statement=gettext(indicator.statement),
        measured=gettext(indicator.measured),
        found=_found(line),
        grade=grade_words(observed.value) if observed is not None else "",
        source=gettext(SOURCE_LABELS[observed.source]) if observed is not None else "",
        is_gate=indicator.is_gate,
        is_met=is_gate_met(indicator, observed),
        is_known=line.raw is not None,
        is_scored=indicator.is_scored,
        url=address(request, "question", key=indicator.key) if indicator.is_asked else "",
        document=answer.document_title if answer is not None else "",
    )


def grade_words(value: float) -> str:
    """Return 0, ½ or 1."""
    return {0.0: "0", 0.5: "½", 1.0: "1"}[value]


def _found(line: Line) -> str:
    """Say what was counted, or answered."""
    if line.reading is not None:
        return reading_words(line.reading, is_money=line.indicator.key in MONEY)
    if line.answer is not None:
        return answer_words(line.indicator.key, line.answer.halves)
    return ""


MONEY = frozenset({"E2", "T1", "T9", "B1", "B5"})


def reading_words(reading: Reading, *, is_money: bool) -> str:
    """Return a count as it is, a share with its parts; euros as per cent alone."""
    if reading.whole is None:
        return shown_number(reading.part)
    share = shown_number(100 * (reading.value or 0.0))
    if is_money:
        return gettext("%(share)s %% der Mittel") % {"share": share}
    return gettext("%(part)s von %(whole)s, %(share)s %%") % {
        "part": shown_number(reading.part),
        "whole": shown_number(reading.whole),
        "share": share,
    }


def answer_words(key: str, halves: int | None) -> str:
    """Return an answer in words."""
    if halves is None:
        return gettext("noch offen")
    indicator = BY_KEY[key]
    return gettext(["nein", indicator.half_words, indicator.full_words][halves])
