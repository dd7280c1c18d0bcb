"""Between assessments and pages: words, bars, addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from mehrwert.base.marks import mark
from mehrwert.catalogue.queries import Alike
from mehrwert.figures.text import number
from mehrwert.provision.assessing import Assessment, Line
from mehrwert.provision.choices import (
    MUNICIPAL_PHASE_LABELS,
    PROJECT_PHASE_LABELS,
    SOURCE_LABELS,
    STAGE_LABELS,
    Stage,
)
from mehrwert.provision.rules import (
    BY_KEY,
    Cause,
    Difference,
    PhaseOfProject,
    Reading,
    Score,
    TensionShown,
    Trend,
    is_gate_met,
)

BAR_WIDTH, BAR_HEIGHT, BAR_EDGE = 240, 26, 6
CAUSE_LABELS: dict[str, str] = {
    Cause.DATA: mark("Daten"),
    Cause.RULE: mark("Regel"),
    Cause.ANSWER: mark("Antwort"),
}
TREND_LABELS: dict[str, str] = {
    Trend.UP: mark("gestiegen"),
    Trend.DOWN: mark("gesunken"),
    Trend.SAME: mark("gleich geblieben"),
    Trend.UNKNOWN: mark("kein Vergleich vor einem Jahr"),
}
TREND_ICONS = {Trend.UP: "up", Trend.DOWN: "down", Trend.SAME: "", Trend.UNKNOWN: ""}


def address(request: Any, name: str, **more: Any) -> str:
    """Return the address of a page of the room in this municipality."""
    return reverse(f"provision:{name}", kwargs={"mandant": request.tenant.slug, **more})


def _number(value: float, places: int = 0) -> str:
    return number(value, places, language=get_language() or "de")


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
            value=_number(score.point) if score.point is not None else "",
            sentence=score_sentence(score),
            bar=score_bar(score),
            lines=tuple(
                show_line(request, line) for line in found.lines if line.indicator.stage is stage
            ),
            coverage=_number(100 * score.coverage),
        )
        for stage, score in found.scores.items()
    ]


def show_shortly(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (name, score with bounds) of the three stages of a stored assessment."""
    return [
        (gettext(STAGE_LABELS[stage]), score_short(Score(**stored)))
        for stage, stored in record["whole"]["scores"].items()
    ]


def score_sentence(score: Score) -> str:
    """Say a score with its bounds and the part that rests on data (PF-03, PF-04)."""
    if score.point is None or score.data_share is None:
        return gettext("Noch nichts bekannt, zwischen 0 und 100 ist alles möglich.")
    words = {
        "point": _number(score.point),
        "data": _number(100 * score.data_share),
        "low": _number(score.low),
        "high": _number(score.high),
    }
    return (
        gettext(
            "%(point)s von 100, zu %(data)s %% aus Daten oder mit Beleg. Wäre alles Unbekannte"
            " null, wären es %(low)s; im besten Fall %(high)s."
        )
        % words
    )


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
        grade=_grade(observed.value) if observed is not None else "",
        source=gettext(SOURCE_LABELS[observed.source]) if observed is not None else "",
        is_gate=indicator.is_gate,
        is_met=is_gate_met(indicator, observed),
        is_known=line.raw is not None,
        is_scored=indicator.is_scored,
        url=address(request, "question", key=indicator.key) if indicator.is_asked else "",
        document=answer.document_title if answer is not None else "",
    )


def _grade(value: float) -> str:
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
        return _number(reading.part)
    share = _number(100 * (reading.value or 0.0))
    if is_money:
        return gettext("%(share)s %% der Mittel") % {"share": share}
    return gettext("%(part)s von %(whole)s, %(share)s %%") % {
        "part": _number(reading.part),
        "whole": _number(reading.whole),
        "share": share,
    }


def answer_words(key: str, halves: int | None) -> str:
    """Return an answer in words."""
    if halves is None:
        return gettext("noch offen")
    indicator = BY_KEY[key]
    return gettext(["nein", indicator.half_words, indicator.full_words][halves])


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """One line of „Was sich geändert hat“."""

    key: str
    statement: str
    before: str
    after: str
    cause: str


def show_differences(found: Iterable[Difference]) -> list[DifferenceShown]:
    """Return differences in the reader's words."""
    return [
        DifferenceShown(
            one.key,
            gettext(BY_KEY[one.key].statement),
            _assessed(one.before.value, one.before.source),
            _assessed(one.after.value, one.after.source),
            gettext(CAUSE_LABELS[one.cause]),
        )
        for one in found
    ]


def _assessed(value: float | None, source: str) -> str:
    if value is None:
        return gettext("unbekannt")
    return f"{_grade(value)}, {gettext(SOURCE_LABELS[source])}"


@dataclass(frozen=True, slots=True)
class PoleShown:
    """One end of a tension."""

    name: str
    measured: str
    value: str
    trend: str
    icon: str


@dataclass(frozen=True, slots=True)
class TensionLine:
    """One tension: two ends and a warning."""

    title: str
    left: PoleShown
    right: PoleShown
    warning: str


def show_tension_lines(found: Iterable[TensionShown]) -> list[TensionLine]:
    """Return the tensions in the reader's words."""
    return [
        TensionLine(
            gettext(one.tension.title),
            _pole(one.tension.left, one.left, one.left_trend),
            _pole(one.tension.right, one.right, one.right_trend),
            gettext(one.warning) if one.warning else "",
        )
        for one in found
    ]


def _pole(pole: Any, value: float | None, trend: Trend) -> PoleShown:
    if value is None:
        shown = ""
    elif pole.is_share:
        shown = f"{_number(100 * value)} %"
    else:
        shown = _number(value)
    return PoleShown(
        gettext(pole.name),
        gettext(pole.measured),
        shown,
        gettext(TREND_LABELS[trend]),
        TREND_ICONS[trend],
    )


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of action with its label and three scores."""

    name: str
    label: str
    scores: tuple[str, ...]
    n_projects: str


def show_fields(fields: Mapping[str, Assessment]) -> list[FieldLine]:
    """Return the fields of action: several speeds are normal."""
    return [
        FieldLine(
            name=name,
            label=label_of(one.label),
            scores=tuple(score_short(one.scores[stage]) for stage in Stage),
            n_projects=_active(one),
        )
        for name, one in fields.items()
    ]


def score_short(score: Score) -> str:
    """Return the point with its bounds, or the bounds alone."""
    bounds = f"[{_number(score.low)} – {_number(score.high)}]"
    return f"{_number(score.point)} {bounds}" if score.point is not None else bounds


def _active(one: Assessment) -> str:
    for line in one.lines:
        if line.indicator.key == "E1" and line.reading is not None:
            count = int(line.reading.part)
            return ngettext("%(n)s Vorhaben", "%(n)s Vorhaben", count) % {"n": _number(count)}
    return ""


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """One municipality of the comparison group and its distance by trait (PF-09)."""

    name: str
    population: str
    distance: str
    terms: tuple[str, ...]


TRAITS = {
    "population": mark("Größe"),
    "density": mark("Dichte"),
    "urbanisation": mark("Verstädterung"),
    "land": mark("Land"),
}


def show_alike(found: Iterable[Alike]) -> list[AlikeLine]:
    """Return the comparison group; 0 in a trait means alike, unknown is a dash."""
    return [
        AlikeLine(
            name=one.place.name,
            population=_number(one.place.population or 0),
            distance=_or_dash(one.similarity.distance_km, 0),
            terms=tuple(_or_dash(one.similarity.terms.get(key), 2) for key in TRAITS),
        )
        for one in found
    ]


def _or_dash(value: float | None, places: int) -> str:
    return _number(value, places) if value is not None else "–"


def trait_labels() -> list[str]:
    """Return the traits of the comparison in the reader's language."""
    return [gettext(label) for label in TRAITS.values()]


@dataclass(frozen=True, slots=True)
class ProjectPhaseShown:
    """The phase of one project as its record shows it."""

    phase: str
    range_words: str
    conditions: tuple[tuple[str, bool | None], ...]
    reasons: tuple[str, ...]


def show_project_phase(found: PhaseOfProject) -> ProjectPhaseShown:
    """Return the phase of a project in the reader's words."""
    phase, highest = (gettext(PROJECT_PHASE_LABELS[one]) for one in (found.phase, found.highest))
    words = (
        ""
        if found.is_certain
        else gettext("mindestens %(phase)s, höchstens %(highest)s: Es fehlen Angaben.")
        % {"phase": phase, "highest": highest}
    )
    return ProjectPhaseShown(
        phase=phase,
        range_words=words,
        conditions=tuple((gettext(one.text), one.is_met) for one in found.conditions),
        reasons=tuple(gettext(one) for one in found.reasons),
    )


def show_stored_scores(record: Mapping[str, Any]) -> list[ScoreShown]:
    """Return the three scores of a stored assessment."""
    return [
        ScoreShown(
            name=gettext(STAGE_LABELS[stage]),
            value=_number(score.point) if score.point is not None else "",
            sentence=score_sentence(score),
            bar=score_bar(score),
            lines=(),
            coverage=_number(100 * score.coverage),
        )
        for stage, stored in record["whole"]["scores"].items()
        for score in (Score(**stored),)
    ]
