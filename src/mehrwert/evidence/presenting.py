"""Between pool and page: sentence, display line, forest plot, register in numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from mehrwert.evidence import queries
from mehrwert.evidence.choices import (
    CLASS_WORDS,
    DESIGN_LABELS,
    DIFFERENCE_WORDS,
    DIRECTION_LABELS,
    REASON_LABELS,
    RESULT_LABELS,
)
from mehrwert.evidence.models import Finding, Synthesis
from mehrwert.evidence.rules import CLASS_LINE, NEW_TOWN, Pool, Said
from mehrwert.evidence.wording import effect_sentence, effect_value, interval_words
from mehrwert.figures import PAGE, PAPER, Look
from mehrwert.figures.forest import ForestRow, ForestWords, Together, forest_plot
from mehrwert.figures.text import number
from mehrwert.stats.cost_marks import cost_mark
from mehrwert.stats.direction import Direction, to_stored
from mehrwert.stats.effect_rules import EFFECTS

PER_CENT_STEPS = (5, 10, 20, 25, 50, 100)
MOST_PER_CENT = 200.0
MOST_STEPS = 5
LEAST_APART = 0.17


def language() -> str:
    """Return the language of figures."""
    return "en" if (get_language() or "de").startswith("en") else "de"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of a pool, in words."""

    sentence: str
    value: str
    low: str
    high: str
    new: str
    evidence_class: int
    class_word: str
    stamps: tuple[bool, ...]
    reasons: list[str]
    direction: str
    k: int
    controlled: int
    is_single: bool
    display_line: list[str]


def show(findings: Sequence[Finding], found: Pool, *, cost: float | None = None) -> Shown:
    """Return the words of a synthesis; every sentence is bound to class and direction.

    Args:
        findings: The released findings of the pool.
        found: Their synthesis.
        cost: Euros per inhabitant and year, None where nobody knows.
    """
    first = findings[0]
    given: dict[str, Any] = {
        "scale": first.scale,
        "good_is_up": first.good_direction == "up",
    }
    value = effect_value(found.mean[0], **given)
    low, high = interval_words(found.mean[1], found.mean[2], **given)
    grade = found.evidence_class
    sesoi = max(row.sesoi for row in findings)
    sentence = effect_sentence(
        Said(grade.value, found.direction.value),
        project=first.solution,
        indicator=first.indicator,
        values=(value, low, high),
        sesoi=effect_value(sesoi, scale=first.scale, good_is_up=False).lstrip("+"),
    )
    new = new_words(found, **given)
    word = gettext(CLASS_WORDS[grade.value])
    line = [
        first.solution,
        f"{value} {first.indicator} ({range_words(low, high)})",
        new,
        gettext(CLASS_LINE)
        % {"class": grade.value, "word": word, "k": found.k, "controlled": found.controlled},
        cost_words(cost),
    ]
    return Shown(
        sentence=sentence,
        value=value,
        low=low,
        high=high,
        new=new,
        evidence_class=grade.value,
        class_word=word,
        stamps=tuple(number <= grade.value for number in range(1, 5)),
        reasons=reasons(found),
        direction=gettext(DIRECTION_LABELS[found.direction.value]),
        k=found.k,
        controlled=found.controlled,
        is_single=found.k == 1,
        display_line=line,
    )


def short_words(findings: Sequence[Finding], found: Pool) -> dict[str, str]:
    """Return what a list says: effect, interval, and how many measured; bound to the class."""
    first, grade = findings[0], found.evidence_class.value
    given: dict[str, Any] = {"scale": first.scale, "good_is_up": first.good_direction == "up"}
    value = effect_value(found.mean[0], **given)
    sentence = f"{value} {first.indicator}"
    if grade == 0:
        sentence = gettext("nicht belegt")
    elif grade == 1:
        sentence = gettext("erste Beobachtungen: %(effect)s") % {"effect": sentence}
    elif found.direction is Direction.UNCLEAR:
        sentence = gettext("offen: %(effect)s") % {"effect": sentence}
    elif found.direction is Direction.NO_RELEVANT_DIFFERENCE:
        sentence = gettext("kein nennenswerter Unterschied: %(effect)s") % {"effect": sentence}
    low, high = interval_words(found.mean[1], found.mean[2], **given)
    note = ngettext("%(k)s Kommune", "%(k)s Kommunen", found.k) % {"k": found.k}
    return {
        "sentence": sentence,
        "interval": range_words(low, high) if grade else "",
        "note": note,
    }


def missing_words(first: Finding, found: Pool) -> str:
    """Return what the mean would be with the overdue results (EVI-173); empty if none is due."""
    if found.missing is None:
        return ""
    given: dict[str, Any] = {"scale": first.scale, "good_is_up": first.good_direction == "up"}

    def words(mean: tuple[float, float, float]) -> str:
        ends = range_words(*interval_words(mean[1], mean[2], **given))
        return f"{effect_value(mean[0], **given)} ({ends})"

    return gettext(
        "Hätten die überfälligen Ergebnisse nichts gebracht: %(null)s. Hätten sie so viel"
        " geschadet, wie gerade noch zählt: %(bad)s."
    ) % {"null": words(found.missing.null), "bad": words(found.missing.bad)}


def cost_words(euros: float | None) -> str:
    """Return cost per inhabitant and year with its mark (EVI-184, EVI-185); unknown is said."""
    if euros is None:
        return gettext("Kosten je Einwohner und Jahr: keine Angabe")
    marks = "€" * cost_mark(euros, EFFECTS.cost_marks)
    amount = number(euros, 2, language=language())
    return gettext("%(marks)s %(amount)s €/EW·Jahr") % {"marks": marks, "amount": amount}


def new_words(found: Pool, *, scale: str, good_is_up: bool) -> str:
    """Return what to expect in a new municipality."""
    low, high = interval_words(found.new[1], found.new[2], scale=scale, good_is_up=good_is_up)
    return gettext(NEW_TOWN) % {
        "value": effect_value(found.new[0], scale=scale, good_is_up=good_is_up),
        "low": low,
        "high": high,
        "n": round(100 * found.p_new),
    }


def reasons(found: Pool) -> list[str]:
    """Return why the class is what it is."""
    grade = found.evidence_class
    said = [
        gettext(
            "Ausgang %(start)s, höchstens %(cap)s. Kommunen: %(k)s, mit Vergleich: %(controlled)s."
        )
        % {"start": grade.start, "cap": grade.cap, "k": found.k, "controlled": found.controlled}
    ]
    said += [gettext(REASON_LABELS[reason.value]) for reason in grade.lowered]
    if grade.raised:
        said.append(gettext("Die Wirkung ist groß: eine Stufe mehr."))
    return said


def finding_rows(findings: Sequence[Finding], found: Pool | None) -> list[dict[str, Any]]:
    """Return the rows of the table, null and negative ones like all others."""
    weights = dict(zip(found.municipalities, found.weights, strict=True)) if found else {}
    return [_finding_row(row, weights.get(row.municipality_key, 0.0)) for row in findings]


def _finding_row(row: Finding, weight: float) -> dict[str, Any]:
    given: dict[str, Any] = {"scale": row.scale, "good_is_up": row.good_direction == "up"}
    text = gettext("nicht messbar")
    if row.theta is not None:
        text = effect_value(row.theta, **given)
        if row.low is not None and row.high is not None:
            low, high = interval_words(row.low, row.high, **given)
            text = f"{text} ({range_words(low, high)})"
    return {
        "row": row,
        "text": text,
        "design": gettext(DESIGN_LABELS[row.design]),
        "result": gettext(RESULT_LABELS[row.result]),
        "weight": round(100 * weight),
        "share": weight,
        "year": row.start_month // 12,
        "differences": [_difference(**one) for one in row.study.get("differences", ())],
    }


def _difference(code: str, planned: int, used: int) -> str:
    """Return what was planned and what came, in words (EVI-176)."""
    return gettext(DIFFERENCE_WORDS[code]) % {"planned": planned, "used": used}


def cite(first: Finding, stored: Synthesis | None) -> str:
    """Return how the result of a pool is quoted."""
    version = (
        f", {gettext('Fassung')} {stored.version}, SHA-256 {stored.record_hash}" if stored else ""
    )
    return f"{first.solution}: {first.indicator}{version}"


def forest(
    findings: Sequence[Finding], found: Pool | None, shown: Shown | None, *, key: str = "wald"
) -> SafeString | str:
    """Return the forest plot, wide and narrow; ``key`` tells several on one page apart."""
    look = Look(palette=PAGE, language=language(), key=key)
    drawn = "".join(
        _forest(findings, found, shown, is_narrow=narrow, look=look) for narrow in (False, True)
    )
    return mark_safe(drawn)  # noqa: S308 - our own drawing, every text escaped


def forest_alone(findings: Sequence[Finding], found: Pool | None, shown: Shown | None) -> str:
    """Return the forest plot as a file for paper."""
    look = Look(palette=PAPER, language=language(), key="wald")
    return _forest(findings, found, shown, is_narrow=False, look=look)


def _forest(
    findings: Sequence[Finding],
    found: Pool | None,
    shown: Shown | None,
    *,
    is_narrow: bool,
    look: Look,
) -> str:
    rows = [
        ForestRow(
            name=line["row"].municipality,
            note=f"{line['design']}, {line['year']}",
            value=_place(line["row"].theta),
            low=_place(line["row"].high),
            high=_place(line["row"].low),
            weight=line["share"],
            text=line["text"],
            is_controlled=line["row"].design_level >= 3,
        )
        for line in finding_rows(findings, found)
    ]
    together = None
    if found is not None and shown is not None:
        together = Together(
            mean=(-found.mean[2], -found.mean[0], -found.mean[1]),
            new=(-found.new[2], -found.new[1]),
            text=f"{shown.value} ({range_words(shown.low, shown.high)})",
            new_text=_new_range(findings[0], found),
            is_sure=found.evidence_class.value >= 2,
        )
    sentence = shown.sentence if shown else ""
    return forest_plot(
        rows,
        together,
        _ticks(findings, found),
        labels=_labels(findings[0], sentence),
        look=look,
        is_narrow=is_narrow,
    )


def _place(theta: float | None) -> float | None:
    """Return where an effect stands on the axis: right = better."""
    return None if theta is None else -theta


def _new_range(first: Finding, found: Pool) -> str:
    low, high = interval_words(
        found.new[1], found.new[2], scale=first.scale, good_is_up=first.good_direction == "up"
    )
    return range_words(low, high)


def range_words(low: str, high: str) -> str:
    """Return „−30 % bis −4 %“."""
    return gettext("%(low)s bis %(high)s") % {"low": low, "high": high}


def _ticks(findings: Sequence[Finding], found: Pool | None) -> list[tuple[float, str]]:
    """Return round values of the axis in the words of the scale, worst to best; 0 is among them."""
    first = findings[0]
    ends = [-x for row in findings for x in (row.theta, row.low, row.high) if x is not None]
    ends += [-found.new[1], -found.new[2]] if found else []
    worst, best = min([*ends, -0.05]), max([*ends, 0.05])
    good_is_up = first.good_direction == "up"
    places = _round_places(worst, best, first.scale, good_is_up=good_is_up)
    kept = [0.0]
    apart = LEAST_APART * (places[-1] - places[0])
    for place in sorted(places, key=abs):
        if all(abs(place - other) >= apart for other in kept):
            kept.append(place)
    return [
        (place, effect_value(-place, scale=first.scale, good_is_up=good_is_up))
        for place in sorted(kept)
    ]


def _round_places(worst: float, best: float, scale: str, *, good_is_up: bool) -> list[float]:
    """Return places of round values that enclose the ends, in order."""
    if scale != "log_ratio":
        step = 10 ** math.floor(math.log10(max(best, -worst)))
        first, last = math.floor(worst / step), math.ceil(best / step)
        return [step * n for n in range(first, last + 1)]
    widest = 100 * max(abs(math.expm1(end)) for end in (worst, best, -worst, -best))
    step = next((s for s in PER_CENT_STEPS if widest / s <= MOST_STEPS), PER_CENT_STEPS[-1])
    count = math.ceil(min(widest, MOST_PER_CENT) / step)
    candidates = sorted(
        -to_stored(math.log1p(n * step / 100), good_is_up=good_is_up)
        for n in range(-count, count + 1)
        if n * step > -100
    )
    low = max((c for c in candidates if c <= worst), default=candidates[0])
    high = min((c for c in candidates if c >= best), default=candidates[-1])
    return [c for c in candidates if low <= c <= high]


def _labels(first: Finding, sentence: str) -> ForestWords:
    return ForestWords(
        title=f"{first.solution}: {first.indicator}",
        description=sentence,
        municipality=gettext("Kommune"),
        measured=gettext("So gemessen"),
        effect=first.indicator[:30],
        weight=gettext("Gewicht"),
        together=gettext("Zusammengefasst"),
        new=gettext("erwartbar in einem neuen Ort"),
        worse=gettext("schlechter"),
        better=gettext("besser"),
    )


def register_words(key: queries.PoolKey) -> str:
    """Return „n geplant, n berichtet, n überfällig, n nicht messbar“ (EVI-172)."""
    counted = queries.pool_register(key)
    return gettext(
        "%(planned)s geplant, %(reported)s berichtet, %(overdue)s überfällig,"
        " %(not_measurable)s nicht messbar"
    ) % {
        "planned": counted.planned,
        "reported": counted.reported,
        "overdue": counted.overdue,
        "not_measurable": counted.not_measurable,
    }
