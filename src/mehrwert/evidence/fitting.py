"""„Gilt das für uns?“ in words: forecast by size, similar towns, what lies under the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from mehrwert.evidence import presenting, queries
from mehrwert.evidence.choices import SIZE_LABELS
from mehrwert.evidence.models import Finding
from mehrwert.evidence.rules import NEW_TOWN, ONE_TOWN, OUTSIDE, Pool
from mehrwert.evidence.rules.forecasting import (
    Forecast,
    forecast,
    groups_by_size,
    most_similar,
    size_effect,
)
from mehrwert.evidence.wording import effect_value, interval_words
from mehrwert.figures.text import number


@dataclass(frozen=True, slots=True)
class Fit:
    """What a municipality of one size may expect.

    Attributes:
        lines: Sentences, the most important first.
        similar: At most three municipalities of near size, each with its fair value.
    """

    lines: list[str]
    similar: list[dict[str, str]]


def fit_words(findings: Sequence[Finding], found: Pool, population: int) -> Fit:
    """Return what may be expected in a municipality of this size, honestly bounded."""
    given = _given(findings[0])
    rows = queries.rows_of(findings)
    told = forecast(rows, population, sesoi=max(row.sesoi for row in findings))
    if told is None:
        return Fit([gettext(OUTSIDE)], _similar(findings, found, population))
    said = [gettext(ONE_TOWN)] if found.k == 1 else []
    if not queries.covers_size(findings, population):
        said.append(gettext("Aus Kommunen Ihrer Größe liegt noch kein Befund vor."))
    return Fit(
        [*said, _new_words(told, **given), _why(told)], _similar(findings, found, population)
    )


def _given(first: Finding) -> dict[str, Any]:
    return {"scale": first.scale, "good_is_up": first.good_direction == "up"}


def _new_words(told: Forecast, *, scale: str, good_is_up: bool) -> str:
    low, high = interval_words(told.new[1], told.new[2], scale=scale, good_is_up=good_is_up)
    return gettext(NEW_TOWN) % {
        "value": effect_value(told.new[0], scale=scale, good_is_up=good_is_up),
        "low": low,
        "high": high,
        "n": round(100 * told.p_better),
    }


def _why(told: Forecast) -> str:
    if told.by_size is None:
        return gettext(
            "Die Größe ist nicht eingerechnet: Dafür braucht es Befunde aus zehn Kommunen mit"
            " bekannter Einwohnerzahl."
        )
    return gettext("Eingerechnet ist, wie sich das Ergebnis mit der Größe der Kommune ändert.")


def _similar(findings: Sequence[Finding], found: Pool, population: int) -> list[dict[str, str]]:
    given, names = _given(findings[0]), {row.municipality_key: row for row in findings}
    fair = fair_values(found)
    return [
        {
            "name": names[key].municipality,
            "population": number(names[key].population or 0, 0, language=presenting.language()),
            "fair": effect_value(fair[key], **given),
        }
        for key in most_similar(queries.rows_of(findings), population)
    ]


def fair_values(found: Pool) -> dict[str, float]:
    """Return each municipality's value in the light of the others (EVI-58, EVI-159)."""
    return dict(zip(found.municipalities, found.between.shrunken, strict=True))


def group_lines(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return what was found by size of municipality; empty where there is nothing to compare."""
    given = _given(findings[0])
    groups = groups_by_size(queries.rows_of(findings))
    if len(groups) < 2:
        return []
    lines = []
    for one in groups:
        low, high = interval_words(one.best, one.worst, **given)
        lines.append(
            {
                "size": gettext(SIZE_LABELS[one.size]),
                "k": one.k,
                "span": low if one.k == 1 else presenting.range_words(low, high),
            }
        )
    return lines


def beneath(findings: Sequence[Finding], found: Pool) -> list[tuple[str, str]]:
    """Return what lies under the headline: other intervals, other assumptions (EVI-157)."""
    given = _given(findings[0])

    def span(low: float, high: float) -> str:
        return presenting.range_words(*interval_words(low, high, **given))

    lines = [(gettext("Neuer Ort, gemittelt über τ (steht oben)"), span(*found.new[1:]))]
    if found.between.classic is not None:
        lines.append((gettext("Neuer Ort, klassischer Bereich"), span(*found.between.classic)))
    lines += [
        (
            gettext("Neuer Ort, wenn Orte sich wenig unterscheiden (Annahme %(scale)s)")
            % {"scale": scale.replace(".", ",")}
            if float(scale) < 0.5
            else gettext("Neuer Ort, wenn Orte sich stark unterscheiden (Annahme %(scale)s)")
            % {"scale": scale.replace(".", ",")},
            span(*new[1:]),
        )
        for scale, new in found.between.sensitivity.items()
    ]
    by_size = size_effect(queries.rows_of(findings))
    if by_size is not None:
        lines.append(
            (
                gettext("Doppelt so viele Einwohner (p = %(p)s)")
                % {"p": number(by_size.p, 3, language=presenting.language())},
                f"{effect_value(by_size.doubling, **given)} ({span(by_size.low, by_size.high)})",
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of a pool as it was stored."""

    number: int
    value: str
    span: str
    new: str
    evidence_class: int
    towns: str


def version_words(first: Finding, record: dict[str, Any], version: int) -> Version:
    """Return what a stored version said (EVI-61)."""
    given = _given(first)
    mean, new, k = record["mean"], record["new"], record["k"]
    return Version(
        version,
        effect_value(mean[0], **given),
        presenting.range_words(*interval_words(mean[1], mean[2], **given)),
        presenting.range_words(*interval_words(new[1], new[2], **given)),
        record["evidence_class"]["value"],
        ngettext("%(k)s Kommune", "%(k)s Kommunen", k) % {"k": k},
    )
