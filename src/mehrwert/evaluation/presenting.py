"""Between records and pages: sentences, tables and the figure of one estimate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from mehrwert.evaluation.choices import MOMENT_LABELS
from mehrwert.evaluation.models import Estimate, Evaluation, Result
from mehrwert.evaluation.rules import Due, Plan, Standing, label_of, parse_month
from mehrwert.evaluation.rules.measuring import Candidate
from mehrwert.evaluation.rules.months import begins_us
from mehrwert.evaluation.wording import (
    CANDIDATES,
    CHECK_TITLES,
    CHECKS,
    UNMET,
    VERDICTS,
)
from mehrwert.evidence.choices import (
    CLASS_WORDS,
    DESIGN_LABELS,
    DIRECTION_LABELS,
    REASON_LABELS,
    RESULT_LABELS,
    ResultKind,
)
from mehrwert.evidence.queries import Said, effect_sentence, effect_value, interval_words
from mehrwert.figures import PAPER, Look, Palette
from mehrwert.figures.effect_chart import EffectLines, effect_chart, effect_chart_pair
from mehrwert.figures.palette import PAGE
from mehrwert.figures.text import MONTHS, day, number

ADAPT_ROW = 6


def language() -> str:
    """Return the language of figures and numbers."""
    return "en" if (get_language() or "de").startswith("en") else "de"


def day_words(when: date) -> str:
    """Return a day as people read it."""
    moment = datetime(when.year, when.month, when.day)  # noqa: DTZ001 (a day has no clock)
    return day(moment, language=language())


def month_words(label: str) -> str:
    """Return ``März 2020`` for ``2020-03``."""
    month = parse_month(label)
    names = MONTHS[language()].split()
    return f"{names[month % 12]} {month // 12}"


@dataclass(frozen=True, slots=True)
class Shown:
    """One estimate as a page shows it.

    ``value``, ``low``, ``high`` are words; empty where there is none. ``stamps`` has four booleans.
    """

    sentence: str
    value: str
    low: str
    high: str
    evidence_class: int
    is_weak: bool
    class_word: str
    stamps: tuple[bool, ...]
    reasons: list[str]
    design: str
    is_refused: bool
    refusals: list[str]
    checks: list[dict[str, str]]
    unmet: list[str]


def show(row: Evaluation, plan: Plan, estimate: Estimate) -> Shown:
    """Return the words of an estimate."""
    record, effect = estimate.record, estimate.record["effect"]
    value, low, high = effect_words(plan, effect)
    grade = record["evidence"]
    checks = [_check(check) for check in record["checks"]]
    return Shown(
        sentence=_sentence(row, plan, record, (value, low, high)),
        value=value,
        low=low,
        high=high,
        evidence_class=grade["value"],
        is_weak=grade["value"] < 2,
        class_word=_word(CLASS_WORDS, grade["value"]),
        stamps=stamps_of(grade["value"]),
        reasons=class_reasons(row, record),
        design=_word(DESIGN_LABELS, record["design"]),
        is_refused=effect is None,
        refusals=[check["text"] for check in checks if check["verdict"] == "refused"],
        checks=checks,
        unmet=unmet_words(record),
    )


def _word(table: Mapping[str, str] | Sequence[str], key: Any) -> str:
    """Return a word of a table in the language of the reader."""
    return gettext(table[key])


def stamps_of(evidence_class: int) -> tuple[bool, ...]:
    """Return which of the four stamps are filled."""
    return tuple(number <= evidence_class for number in range(1, 5))


def effect_words(plan: Plan, effect: dict[str, Any] | None) -> tuple[str, str, str]:
    """Return value and both ends in words."""
    if effect is None:
        return "", "", ""
    given: dict[str, Any] = {"scale": plan.scale, "good_is_up": plan.good_direction == "up"}
    value = effect_value(effect["theta"], **given)
    if effect["low"] is None:
        return value, "", ""
    low, high = interval_words(effect["low"], effect["high"], **given)
    return value, low, high


def sesoi_words(plan: Plan) -> str:
    """Return the smallest relevant difference in words, without sign."""
    text = effect_value(plan.sesoi, scale=plan.scale, good_is_up=False)
    return text.lstrip("+")


def _sentence(
    row: Evaluation, plan: Plan, record: dict[str, Any], values: tuple[str, str, str]
) -> str:
    if record["effect"] is None:
        return gettext("Ob %(project)s etwas verändert, lässt sich so nicht sagen.") % {
            "project": row.solution
        }
    said = Said(record["evidence"]["value"], record["direction"], bool(values[1]))
    return effect_sentence(
        said,
        project=row.solution,
        indicator=plan.indicator_name,
        values=values,
        sesoi=sesoi_words(plan),
    )


def class_reasons(row: Evaluation, record: dict[str, Any]) -> list[str]:
    """Return why the class is what it is, one sentence each (EVI-60)."""
    grade = record["evidence"]
    found = [
        gettext("Ausgang %(start)s, höchstens %(cap)s: eine Kommune, %(design)s.")
        % {
            "start": grade["start"],
            "cap": grade["cap"],
            "design": _word(DESIGN_LABELS, record["design"]),
        }
    ]
    if not row.is_before_start:
        found.append(
            gettext("Der Plan wurde nicht vor dem Start festgeschrieben: höchstens Stufe 1.")
        )
    found += [gettext(REASON_LABELS[reason]) for reason in grade["lowered"]]
    if grade["raised"]:
        found.append(gettext("Die Wirkung ist groß: eine Stufe mehr."))
    return found


def unmet_words(record: dict[str, Any]) -> list[str]:
    """Return why each stronger design is impossible, one sentence each (EVI-46)."""
    by_design: dict[str, list[str]] = {}
    for unmet in record["unmet"]:
        words = _word(UNMET, unmet["code"]) % {
            "value": round(unmet["value"]),
            "least": round(unmet["threshold"]),
        }
        by_design.setdefault(unmet["design"], []).append(words)
    return [
        f"{gettext(DESIGN_LABELS[design])}: {', '.join(dict.fromkeys(words))}."
        for design, words in by_design.items()
    ]


def _check(check: dict[str, Any]) -> dict[str, str]:
    code, verdict = check["code"], check["verdict"]
    data = dict(check["data"])
    if "month" in data:
        data["month"] = month_words(data["month"])
    data = {k: f"−{-v}" if isinstance(v, int) and v < 0 else v for k, v in data.items()}
    label, kind = VERDICTS[verdict]
    sentence = CHECKS.get((code, verdict), "")
    return {
        "title": gettext(CHECK_TITLES[code]),
        "text": gettext(sentence) % data if sentence else "",
        "verdict": verdict,
        "label": gettext(label),
        "kind": kind,
    }


def result_label(result: Result) -> str:
    """Return what was filed in words; a null result says whether it is equal or open."""
    if result.kind == ResultKind.NULL.value and result.estimate is not None:
        return _word(DIRECTION_LABELS, result.estimate.record["direction"])
    return gettext(RESULT_LABELS[result.kind])


def due_lines(moments: Sequence[Due]) -> list[dict[str, Any]]:
    """Return when the review is due in words; overdue is said (EVI-31)."""
    return [
        {
            "key": one.moment,
            "label": gettext(MOMENT_LABELS[one.moment]),
            "text": _due_words(one),
            "kind": "warn" if one.standing is Standing.OVERDUE else "",
            "is_answered": one.standing is Standing.ANSWERED,
        }
        for one in moments
    ]


def candidate_lines(plan: Plan, found: Sequence[Candidate]) -> list[dict[str, Any]]:
    """Return what could be measured in words: how long, how wide the range, which class."""
    return [
        {
            "text": gettext(CANDIDATES[one.code]) % {"n": one.n},
            "wait": gettext("sofort")
            if one.wait == 0
            else ngettext("%(n)s Monat", "%(n)s Monate", one.wait) % {"n": one.wait},
            "range": _range_around(plan, one.half_width),
            "evidence_class": one.evidence_class,
            "is_proposed": one.is_proposed,
        }
        for one in found
    ]


def _range_around(plan: Plan, half_width: float | None) -> str:
    """Return how far the range would reach on either side."""
    if half_width is None:
        return gettext("nicht vorhersagbar")
    words = effect_value(half_width, scale=plan.scale, good_is_up=False).lstrip("+")
    return gettext("etwa ± %(width)s") % {"width": words}


def _due_words(one: Due) -> str:
    if one.due_on is None:
        return gettext("noch kein Termin")
    words = {
        Standing.ANSWERED: gettext("beantwortet am %(day)s"),
        Standing.OVERDUE: gettext("offen seit %(day)s"),
    }
    return words.get(one.standing, gettext("am %(day)s")) % {"day": day_words(one.due_on)}


def table_rows(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the figure's table: month, measured, expected, range."""
    line = record["line"]
    if line is None:
        return []
    columns = zip(
        line["months"], line["observed"], line["expected"], line["low"], line["high"], strict=True
    )
    return [
        {
            "month": month,
            "observed": observed,
            "expected": expected,
            "low": low,
            "high": high,
            "is_after": month > record["last_pre"],
        }
        for month, observed, expected, low, high in columns
    ]


def figure_sentence(plan: Plan, shown: Shown) -> str:
    """Return what the figure shows in one sentence; no stronger than the estimate."""
    return gettext(
        "Durchgezogen: %(indicator)s, wie gemessen. Gestrichelt: was ohne die Lösung zu erwarten"
        " war. Der Bereich um die gestrichelte Linie zeigt, wie unsicher das ist."
    ) % {"indicator": plan.indicator_name}


def _lines(plan: Plan, record: dict[str, Any]) -> EffectLines:
    line = record["line"]
    start = begins_us(plan.start_month) / 1e6
    return EffectLines(
        t=[begins_us(parse_month(month)) / 1e6 for month in line["months"]],
        observed=line["observed"],
        expected=line["expected"],
        low=line["low"],
        high=line["high"],
        start=start,
        start_label=gettext("Start %(month)s") % {"month": month_words(label_of(plan.start_month))},
        names=(gettext("gemessen"), gettext("ohne die Lösung erwartet")),
    )


def figure(plan: Plan, record: dict[str, Any], *, title: str, description: str) -> SafeString | str:
    """Return the figure for a page, wide and narrow; empty when there is no line."""
    if record["line"] is None:
        return ""
    svg = effect_chart_pair(
        _lines(plan, record),
        title=title,
        description=description,
        unit=plan.unit,
        look=Look(language=language(), key="wirkung"),
    )
    return mark_safe(svg)  # noqa: S308 - our own drawing, every text escaped


def figure_alone(
    plan: Plan,
    record: dict[str, Any],
    *,
    title: str,
    description: str,
    palette: Palette = PAPER,
) -> str:
    """Return the figure as one SVG file, the same that a paper prints."""
    if record["line"] is None:
        return ""
    look = Look(language=language(), key="wirkung", palette=palette)
    return effect_chart(
        _lines(plan, record), title=title, description=description, unit=plan.unit, look=look
    )


def euros(value: float | None) -> str:
    """Return whole euros with unit, a dash for the unknown."""
    if value is None:
        return "–"
    return f"{number(round(value), 0, language=language())} €"


def target_amount(yearly: float) -> str:
    """Return the running cost at which it pays, in words."""
    return euros(yearly) if yearly > 0 else gettext("auch ohne laufende Kosten nicht")


def target_words(table_row: int, basis: Mapping[str, Any]) -> str:
    """Return the target of an adaptation: the break-even cost (row 6 of the table)."""
    money = basis.get("alone")
    if table_row != ADAPT_ROW or not money or money.get("yearly_target") is None:
        return ""
    if money["yearly_target"] <= 0:
        return gettext("Auch ohne laufende Kosten trüge es sich nicht.")
    return gettext("Ziel der Anpassung: laufende Kosten von höchstens %(euros)s im Jahr") % {
        "euros": euros(money["yearly_target"])
    }


def as_of(estimate: Estimate) -> datetime:
    """Return the state of the data of an estimate."""
    return datetime.fromtimestamp(estimate.as_of_us / 1e6, tz=UTC)


__all__ = ["PAGE", "Shown", "figure", "figure_alone", "show", "table_rows"]
