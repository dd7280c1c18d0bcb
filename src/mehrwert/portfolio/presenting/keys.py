"""Cost keys in words: side by side, the checks, one member more, one member less."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from mehrwert.base.http import rounded
from mehrwert.figures.text import number
from mehrwert.portfolio.choices import (
    CHECK_SENTENCES,
    CHECK_STATE_LABELS,
    COST_KEY_LABELS,
    CostKey,
)
from mehrwert.portfolio.models import CostShare
from mehrwert.portfolio.presenting.costs import euros
from mehrwert.portfolio.presenting.money import percent
from mehrwert.portfolio.rules.gain import Gain
from mehrwert.portfolio.rules.keys import KeyResult, Payer
from mehrwert.stats.cost_keys import Check, CheckState, LeavingPrice, Overcharge

MOST_GROUPS = 5
KEY_COLUMNS = (
    "schluessel", "beteiligte", "amtlicher_schluessel", "einwohner", "nutzungen",
    "kosten_allein_eur", "anteil_0_ust_eur", "anteil_19_ust_eur", "je_einwohner_eur", "stimmen",
)  # fmt: skip
STATE_KIND = {CheckState.PASSED: "ok", CheckState.FAILED: "bad", CheckState.NOT_ASSESSABLE: "warn"}


def missing_words(code: str) -> str:
    """Say why a key cannot be worked out."""
    return {
        "unknown": gettext("nicht beurteilbar: bei mindestens einem fehlt die Zahl"),
        "zero": gettext("nicht beurteilbar: alle Zahlen sind 0"),
        "no_model": gettext("nicht beurteilbar: was Gruppen für sich zahlen, ist nicht bekannt"),
        "other_total": gettext(
            "nicht beurteilbar: die Einzelkosten ergeben andere gemeinsame Kosten als oben"
        ),
    }.get(code, gettext("nicht beurteilbar"))


def key_label(result: KeyResult, row: CostShare) -> str:
    """Return the name of a key; the mixed one with its parts."""
    label = gettext(COST_KEY_LABELS[result.key])
    if result.key is CostKey.MIXED:
        parts = (row.weight_equal, row.weight_head, row.weight_use)
        label += " (" + " / ".join(f"{part.normalize():f}" for part in parts) + ")"
    return label


def key_table(
    row: CostShare, payers: Sequence[Payer], results: Sequence[KeyResult], *, with_vat: bool
) -> list[dict[str, Any]]:
    """Return one line per key with the share of each partner."""
    lines = []
    for result in results:
        cents = result.cents_vat if with_vat else result.cents
        failed = any(check.state is CheckState.FAILED for check in result.checks)
        open_ = any(check.state is CheckState.NOT_ASSESSABLE for check in result.checks)
        lines.append(
            {
                "label": key_label(result, row),
                "shares": None if cents is None else [_cell(p, cents) for p in _members(payers)],
                "missing": missing_words(result.missing) if cents is None else "",
                "kind": "bad" if failed else "warn" if open_ else "ok",
                "verdict": gettext("Einwand")
                if failed
                else gettext("zum Teil nicht beurteilbar")
                if open_
                else gettext("in Ordnung"),
            }
        )
    return lines


def _members(payers: Sequence[Payer]) -> list[Payer]:
    return [payer for payer in payers if not payer.is_candidate]


def _cell(payer: Payer, cents: Mapping[str, int]) -> dict[str, str]:
    amount = Decimal(cents[payer.key]) / 100
    per_head = euros(amount / payer.inhabitants) if payer.inhabitants else ""
    return {"amount": euros(amount), "per_head": per_head}


def checks_shown(
    payers: Sequence[Payer], results: Sequence[KeyResult], row: CostShare
) -> list[dict[str, Any]]:
    """Return the checks of each key as sentences: objections first, what passed apart."""
    names = {payer.key: payer.name for payer in payers}
    return [
        {
            "label": key_label(result, row),
            "open": [
                _check_shown(check, names)
                for state in (CheckState.FAILED, CheckState.NOT_ASSESSABLE)
                for check in result.checks
                if check.state is state
            ],
            "passed": [
                _check_shown(check, names)
                for check in result.checks
                if check.state is CheckState.PASSED
            ],
        }
        for result in results
        if result.checks
    ]


def _check_shown(check: Check, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "sentence": _sentence(check, names),
        "kind": STATE_KIND[check.state],
        "state": gettext(CHECK_STATE_LABELS[check.state]),
    }


def _sentence(check: Check, names: Mapping[str, str]) -> str:
    return gettext(CHECK_SENTENCES[check.kind, check.state]) % {
        "names": ", ".join(names[key] for key in check.members),
        "groups": _groups(check.groups, names),
    }


def _groups(groups: Sequence[Overcharge], names: Mapping[str, str]) -> str:
    told = [
        gettext("%(names)s um %(amount)s")
        % {
            "names": " + ".join(names[key] for key in item.group),
            "amount": euros(item.excess),
        }
        for item in groups[:MOST_GROUPS]
    ]
    if len(groups) > MOST_GROUPS:
        told.append(gettext("und %(n)d weitere") % {"n": len(groups) - MOST_GROUPS})
    return "; ".join(told)


def partner_rows(
    payers: Sequence[Payer], chosen: KeyResult | None, gained: Mapping[str, Gain]
) -> list[dict[str, Any]]:
    """Return what each partner pays and has, its vote beside its share of the chosen key."""
    total_votes = sum((p.votes for p in _members(payers) if p.votes is not None), Decimal(0))
    whole = sum(chosen.cents.values()) if chosen and chosen.cents else 0
    return [
        {
            "payer": payer,
            "alone": "" if payer.alone_eur is None else euros(payer.alone_eur),
            "votes": percent(payer.votes / total_votes)
            if payer.votes is not None and total_votes and not payer.is_candidate
            else "",
            "share": percent(Decimal(chosen.cents[payer.key]) / whole)
            if chosen and chosen.cents and whole and payer.key in chosen.cents
            else "",
            **_gain_words(payer, chosen, gained.get(payer.key)),
        }
        for payer in payers
    ]


def _gain_words(payer: Payer, chosen: KeyResult | None, gain: Gain | None) -> dict[str, str]:
    """Return difference to going alone, years and limit of use; what nobody knows is said."""
    unknown = gettext("nicht beurteilbar")
    if gain is None or chosen is None or chosen.cents is None:
        return {"pays": "", "saving": unknown, "years": unknown, "limit": unknown}
    found = {"pays": euros(Decimal(chosen.cents[payer.key]) / 100)}
    if gain.alone is None or gain.saving is None:
        return {**found, "saving": unknown, "years": unknown, "limit": unknown}
    words = gettext("spart %(amount)s") if gain.saving >= 0 else gettext("zahlt %(amount)s mehr")
    limit = gettext("keine Grenze bekannt")
    if gain.uses_limit is not None:
        limit = gettext("bis %(n)s Nutzungen") % {"n": _plain_number(gain.uses_limit)}
    return {
        **found,
        "saving": words % {"amount": euros(abs(gain.saving))},
        "years": _years(payer, gain),
        "limit": limit,
    }


def _years(payer: Payer, gain: Gain) -> str:
    if payer.entry_eur is None:
        return gettext("nicht beurteilbar: Umstieg nicht bekannt")
    if gain.years is None:
        return gettext("nie")
    return gettext("nach %(n)s Jahren") % {
        "n": number(float(gain.years), 1, language=get_language() or "de")
    }


def _plain_number(value: Decimal) -> str:
    return number(float(value), 0, language=get_language() or "de")


def offers_shown(
    row: CostShare, payers: Sequence[Payer], results: Sequence[KeyResult]
) -> list[dict[str, Any]]:
    """Return what the candidate would pay and what each other saves, per key."""
    names = {payer.key: payer.name for payer in payers}
    return [
        {
            "label": key_label(result, row),
            "price": euros(Decimal(result.offer.price) / 100),
            "alone": "" if result.offer.alone is None else euros(Decimal(result.offer.alone) / 100),
            "savings": [
                (names[key], euros(Decimal(result.offer.saving(key)) / 100))
                for key in result.offer.before
            ],
        }
        for result in results
        if result.offer is not None
    ]


def leaving_shown(payers: Sequence[Payer], prices: Sequence[LeavingPrice]) -> list[dict[str, Any]]:
    """Return for each partner that might leave: its exit cost, and the new shares of the others."""
    names = {payer.key: payer.name for payer in payers}
    return [
        {
            "name": names[price.leaver],
            "paid": _cents(price.before[price.leaver]),
            "alone": "" if price.alone is None else _cents(price.alone),
            "total": _cents(sum(price.after.values())),
            "exit": _cents(price.exit_cost) if price.exit_cost > 0 else "",
            "shares": [
                {"name": names[key], "pays": _cents(price.after[key]), "more": _more(price, key)}
                if key in price.after
                else None
                for key in price.before
            ],
        }
        for price in prices
    ]


def _cents(amount: int) -> str:
    return euros(Decimal(amount) / 100)


def _more(price: LeavingPrice, key: str) -> str:
    burden = price.burden(key)
    if burden == 0:
        return gettext("unverändert")
    words = gettext("%(amount)s mehr") if burden > 0 else gettext("%(amount)s weniger")
    return words % {"amount": _cents(abs(burden))}


def key_csv_rows(
    row: CostShare, payers: Sequence[Payer], results: Sequence[KeyResult]
) -> Iterable[Sequence[Any]]:
    """Return one row per key and partner; what cannot be worked out has no amount."""
    for result in results:
        for payer in _members(payers):
            cents = None if result.cents is None else result.cents[payer.key]
            gross = None if result.cents_vat is None else result.cents_vat[payer.key]
            yield (
                key_label(result, row),
                payer.name,
                payer.key,
                payer.inhabitants,
                payer.uses,
                payer.alone_eur,
                _euro_cell(cents),
                _euro_cell(gross),
                ""
                if cents is None or not payer.inhabitants
                else rounded(Decimal(cents) / 100 / payer.inhabitants, 4),
                payer.votes,
            )


def _euro_cell(cents: int | None) -> Decimal | None:
    return None if cents is None else rounded(Decimal(cents) / 100)
