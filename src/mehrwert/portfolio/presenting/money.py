"""The money of a project in words: positions, rates, break-even, what a figure says."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from mehrwert.base.http import rounded
from mehrwert.figures import Look, Points, line_chart, number
from mehrwert.portfolio import queries
from mehrwert.portfolio.choices import POSITION_LABELS, LineState, Position, VatState
from mehrwert.portfolio.presenting.costs import euros, sheet_shown
from mehrwert.portfolio.presenting.words import day_words
from mehrwert.portfolio.rules.costs import Line
from mehrwert.portfolio.rules.money import EffectMoney, MoneyFacts, RateCase

MONEY_COLUMNS = ("teil", "jahr", "betrag_eur", "stand")
CASE_COLUMNS = (
    "zins", "barwert_kosten", "kn_haushalt", "kn_uebrig", "kn", "kn_risiko",
    "wirkung_kn", "wirkung_kn_von", "wirkung_kn_bis", "noetige_ersparnis", "p_kn_positiv",
)  # fmt: skip


def percent(share: float | Decimal, places: int = 1) -> str:
    """Return a share as per cent in the language of the reader."""
    text = number(100 * float(share), places, language=get_language() or "de")
    return f"{text} %"


def chance(p: float) -> str:
    """Return a probability in a sentence people can picture."""
    if p < 0.005:
        return gettext("in weniger als 1 von 100 Fällen")
    if p > 0.995:
        return gettext("in mehr als 99 von 100 Fällen")
    return gettext("in %(n)s von 100 Fällen") % {"n": round(100 * p)}


def position_rows(money: queries.ProjectMoney, lines: dict[Position, Line]) -> list[dict[str, Any]]:
    """Return all positions with their sum; none is empty, unknown and 0 say so."""
    if money.facts is None or money.sheet is None:
        return []
    rows = []
    for code, amounts in money.facts.positions.items():
        position = Position(code)
        line = lines.get(position)
        rows.append(
            {
                "label": gettext(POSITION_LABELS[position]),
                "first": _amount(amounts, 0),
                "yearly": _amount(amounts, 1),
                "total": euros(sum(amounts, Decimal(0))) if amounts is not None else "",
                "is_unknown": amounts is None,
                "note": _note(position, line, VatState(money.sheet.vat)),
            }
        )
    return rows


def _amount(amounts: Sequence[Decimal] | None, year: int) -> str:
    return gettext("nicht bekannt") if amounts is None else euros(amounts[year])


def _note(position: Position, line: Line | None, vat: VatState) -> str:
    if position is Position.VAT:
        return {
            VatState.INCLUDED: gettext("0 in dieser Zeile: in den Beträgen enthalten"),
            VatState.NOT_DUE: gettext("0: fällt nicht an oder wird erstattet"),
            VatState.EXCLUDED: gettext("19 % auf alles außer eigenem Personal"),
            VatState.UNKNOWN: gettext("nicht gesagt, wie die Beträge gemeint sind"),
        }[vat]
    if line is not None and line.state is LineState.ZERO:
        return gettext("0: %(reason)s") % {"reason": line.reason}
    return ""


def rate_shown(rate: queries.ChosenRate) -> dict[str, Any]:
    """Return the rate with its source and whether it must be checked."""
    source = ""
    if rate.is_own:
        source = gettext("eigener Zinssatz")
    elif rate.dated is not None:
        source = gettext("%(source)s, gilt ab %(first)s") % {
            "source": rate.dated.source,
            "first": day_words(date.fromisoformat(rate.dated.first)),
        }
    return {"percent": percent(rate.rate, 2), "source": source, "must_check": rate.must_check}


def totals_shown(money: queries.ProjectMoney, facts: MoneyFacts) -> dict[str, Any]:
    """Return totals: all years, per inhabitant and year, per use, VAT scenario.

    ``compared`` is the cost per inhabitant and year as the catalogue compares it (transfer.md 5.2).
    """
    total = facts.total
    per_head = euros(total.per_inhabitant_year(money.population)) if money.population else None
    uses = money.plan.yearly_uses if money.plan else None
    return {
        "total": euros(total.total),
        "is_lower_bound": total.is_lower_bound,
        "unknown": [gettext(POSITION_LABELS[Position(code)]) for code in total.unknown],
        "per_head": per_head,
        "n_years": len(total.per_year),
        "compared": sheet_shown(money.sheet)["per_head"] if money.sheet else None,
        "life_years": money.sheet.life_years if money.sheet else None,
        "per_use": euros(total.total / (uses * money.years)) if uses else None,
        "net": euros(facts.net_total),
        "gross": euros(facts.gross_total),
    }


def jump_shown(money: queries.ProjectMoney) -> str:
    """Say how much the own cost rises when funding ends; empty without such a year."""
    own = money.own
    if own is None or own.jump_year is None or own.jump is None or own.jump <= 0:
        return ""
    return gettext(
        "Wenn die Förderung endet, steigen die eigenen Kosten %(year)d um %(amount)s auf %(own)s"
        " im Jahr."
    ) % {
        "year": money.base_year + own.jump_year,
        "amount": euros(own.jump),
        "own": euros(own.per_year[own.jump_year]),
    }


def case_shown(case: RateCase) -> dict[str, Any]:
    """Return one rate as rows of words."""
    capital = case.capital
    return {
        "rate": percent(case.rate, 2),
        "capital": None
        if capital is None
        else [
            (gettext("Barwert der Kosten"), euros(capital.costs)),
            (gettext("Haushaltswirksam (KN/h)"), euros(capital.in_budget)),
            (gettext("Übriger Nutzen (KN/nh)"), euros(capital.outside_budget)),
            (gettext("Kapitalwert (KN)"), euros(capital.total)),
            (gettext("Kosten +10 %, Nutzen −20 %"), euros(capital.risk_case)),
        ],
        "alone": effect_shown(case.alone),
        "shared": effect_shown(case.shared),
    }


def effect_shown(worth: EffectMoney | None) -> dict[str, str] | None:
    """Return what a measured effect is worth in words."""
    if worth is None:
        return None
    return {
        "value": euros(worth.value, 0),
        "range": gettext("%(low)s bis %(high)s")
        % {"low": euros(worth.low, 0), "high": euros(worth.high, 0)},
        "needed": gettext("kann sich nicht tragen")
        if worth.needed is None
        else percent(worth.needed, 2),
        "chance": chance(worth.p_positive),
    }


def figure(money: queries.ProjectMoney, facts: MoneyFacts) -> dict[str, Any]:
    """Return the bars of the yearly costs with their sentence."""
    years = [money.base_year + year for year in range(len(facts.total.per_year))]
    starts = [_new_year(year) for year in years]
    amounts = [float(amount) for amount in facts.total.per_year]
    sentence = gettext("Kosten je Jahr: %(first)s im Jahr %(year)d, danach %(next)s im Jahr.") % {
        "first": euros(amounts[0], 0), "year": years[0], "next": euros(amounts[1], 0),
    }  # fmt: skip
    benefit = money.plan.benefit_budget if money.plan else None
    if benefit is not None:
        sentence += " " + gettext("Angenommene Entlastung des Haushalts: %(amount)s im Jahr.") % {
            "amount": euros(benefit, 0)
        }
    if facts.total.is_lower_bound:
        sentence += " " + gettext("Das sind Untergrenzen: nicht alle Positionen sind bekannt.")
    svg = line_chart(
        Points(starts, amounts, ends=[*starts[1:], _new_year(years[-1] + 1)]),
        title=gettext("Kosten je Jahr"),
        description=sentence,
        unit="€",
        look=Look(language=get_language() or "de", key="geld"),
    )
    return {
        "sentence": sentence,
        "svg": _safe(svg),
        "rows": [(year, euros(amount)) for year, amount in zip(years, amounts, strict=True)],
    }


def _safe(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 (figures escapes every text)


def _new_year(year: int) -> float:
    return datetime(year, 1, 1, tzinfo=UTC).timestamp()


def money_csv_rows(money: queries.ProjectMoney) -> Iterable[Sequence[Any]]:
    """Return every position of every year as a row; unknown ones stand there without amount."""
    if money.facts is None:
        return
    for code, amounts in money.facts.positions.items():
        label = gettext(POSITION_LABELS[Position(code)])
        if amounts is None:
            yield (label, "", "", "unknown")
            continue
        for year, amount in enumerate(amounts):
            yield (label, money.base_year + year, rounded(amount), "known")


def case_csv_rows(money: queries.ProjectMoney) -> Iterable[Sequence[Any]]:
    """Return one row per rate with all its numbers."""
    for case in money.facts.cases if money.facts else ():
        capital, worth = case.capital, case.alone
        yield (
            case.rate,
            *(
                [""] * 5
                if capital is None
                else [
                    rounded(x)
                    for x in (
                        capital.costs, capital.in_budget, capital.outside_budget, capital.total,
                        capital.risk_case,
                    )
                ]
            ),
            *(
                [""] * 5
                if worth is None
                else [
                    rounded(worth.value), rounded(worth.low), rounded(worth.high),
                    "" if worth.needed is None else rounded(worth.needed, 6),
                    rounded(worth.p_positive, 5),
                ]
            ),
        )  # fmt: skip
