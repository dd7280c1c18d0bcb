"""From one evaluation and what was typed to the facts of its council paper."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override

from mehrwert.base.canonical import fingerprint
from mehrwert.base.clock import from_us
from mehrwert.base.wiring import call
from mehrwert.base.wiring import table as wired
from mehrwert.documents.building import table
from mehrwert.documents.model import Document, Figure
from mehrwert.documents.outline import read_document
from mehrwert.evaluation import presenting, queries
from mehrwert.evaluation.choices import LEGAL_LABELS
from mehrwert.evaluation.council_paper import PaperFacts, compose
from mehrwert.evaluation.council_paper.facts import (
    Alternative,
    Effect,
    Head,
    Proposal,
    Review,
    Unknowns,
)
from mehrwert.evaluation.council_paper.inputs import PaperInput, as_amount, from_json
from mehrwert.evaluation.council_paper.profile import DEFAULT, Profile
from mehrwert.evaluation.council_paper.wording import day
from mehrwert.evaluation.deciding import MoneyInput, deliberate
from mehrwert.evaluation.ground import experience_of, pool_key_of
from mehrwert.evaluation.models import CouncilPaper, Decision, Estimate, Evaluation
from mehrwert.evaluation.presenting import Shown
from mehrwert.evaluation.profiles import known_profiles
from mehrwert.evaluation.rules import Plan
from mehrwert.evaluation.rules.decision import SECOND_RATE
from mehrwert.evaluation.rules.months import BERLIN
from mehrwert.evaluation.wording import TIPS, ground_words
from mehrwert.evidence.queries import (
    PoolKey,
    compute_pool,
    pool_register,
    too_strong_words,
)
from mehrwert.figures import number
from mehrwert.municipalities.models import Tenant

SOFTWARE = "Mehrwert"
PRINTED_MONTHS = 24


def profile_of(paper: CouncilPaper) -> Profile:
    """Return the house profile of a paper; the one of the room where it is gone."""
    known = known_profiles()
    return known.get(input_of(paper).profile, known[DEFAULT])


def guard(text: str, evidence_class: int, low: float | None, high: float | None) -> list[str]:
    """Return the words that claim more than class and interval carry (EVI-183)."""
    return too_strong_words(text, evidence_class=evidence_class, low=low, high=high)


def input_of(paper: CouncilPaper) -> PaperInput:
    """Return what was typed."""
    return from_json(paper.typed)


def version_of(paper: CouncilPaper) -> str:
    """Return what tells two states of a draft apart."""
    return fingerprint(paper.typed)


def document_of(paper: CouncilPaper) -> Document:
    """Return the paper: composed while it is a draft, as it was stored once it is released."""
    if paper.document:
        return read_document(paper.document.encode("utf-8"))
    return compose(facts_of(paper), profile_of(paper))


def example_of(profile: Profile) -> Document:
    """Return the newest paper of the municipality in another form; without one, an empty paper."""
    newest = CouncilPaper.objects.select_related("evaluation").order_by("-created_us").first()
    with override(profile.language):
        facts = _facts(newest, input_of(newest)) if newest else _empty_facts()
    return compose(facts, profile)


def _empty_facts() -> PaperFacts:
    """Return the facts of a paper of which nothing is known yet."""
    return PaperFacts(
        head=Head(title=gettext("Beispiel"), author="", created=timezone.localdate()),
        proposal=Proposal(key="not_yet_decidable", table_key="not_yet_decidable"),
        review=Review(),
        unknowns=Unknowns(),
    )


def facts_of(paper: CouncilPaper) -> PaperFacts:
    """Return everything the paper says, in the language of its house."""
    with override(profile_of(paper).language):
        return _facts(paper, input_of(paper))


def _facts(paper: CouncilPaper, typed: PaperInput) -> PaperFacts:
    row = paper.evaluation
    plan, decision = queries.plan_of(row), queries.newest_decision(row)
    result = queries.read_result(row)
    estimate = result.estimate if result else queries.newest_estimate(row)
    shown = presenting.show(row, plan, estimate) if estimate else None
    basis = _basis(row, plan, estimate, decision)
    tenant = Tenant.objects.get(pk=paper.tenant_id)
    key = pool_key_of(row, plan)
    return PaperFacts(
        head=_head(row, typed, tenant),
        proposal=_proposal(typed, basis),
        review=replace(
            typed.review,
            indicator=typed.review.indicator or plan.indicator_name,
            target=typed.review.target or _target(basis),
        ),
        unknowns=replace(
            _unknowns(typed, shown, basis, key), is_outside_experience=_is_outside(row, plan)
        ),
        effects=_effects(row, plan, estimate, shown, _grounds(shown, key)),
        figures=_figures(plan, estimate, shown),
        alternatives=_alternatives(typed, shown, basis),
        finance=typed.finance,
        consultations=typed.consultations,
        texts=typed.texts,
        notes={str(key): text for key, text in typed.notes.items()},
        others=_others(row),
        legal=_legal(row),
        annexes=typed.annexes,
        cosigned=typed.cosigned,
        provenance=_provenance(row, estimate),
        rates=_rates(basis),
        is_demo=row.is_demo or tenant.is_demo,
    )


def _others(row: Evaluation) -> dict[str, tuple[str, ...]]:
    """Return what rooms above say to a section; the wiring lists them (decisions 26)."""
    parts: dict[str, list[str]] = wired("PAPER_SECTIONS", {})
    found = {
        key: tuple(line for dotted in dotteds for line in call(dotted)(row))
        for key, dotteds in parts.items()
    }
    return {key: lines for key, lines in found.items() if lines}


def _head(row: Evaluation, typed: PaperInput, tenant: Tenant) -> Head:
    return Head(
        title=row.title,
        author=tenant.name,
        created=typed.created,
        number=typed.number,
        kind=typed.kind,
        is_public=typed.is_public,
        lead=typed.lead,
        involved=typed.involved,
    )


def _basis(
    row: Evaluation, plan: Plan, estimate: Estimate | None, decision: Decision | None
) -> dict[str, Any]:
    """Return what a decision rested on; before one, what the table says without money."""
    if decision is not None:
        kept: dict[str, Any] = decision.basis
        return kept
    return deliberate(row, plan, estimate, MoneyInput()).to_record()


def _proposal(typed: PaperInput, basis: dict[str, Any]) -> Proposal:
    table_key = basis["proposal"]["decision"]
    return Proposal(
        key=typed.decision or table_key,
        table_key=table_key,
        table_row=basis["proposal"]["row"],
        override_reason=typed.override_reason,
        until=typed.until,
        partners=typed.partners,
        adaptation=typed.adaptation,
        data_handover=typed.data_handover,
        basis=ground_words(basis["ground"]) if basis.get("ground") else "",
    )


def _target(basis: dict[str, Any]) -> str:
    """Return the break-even cost as target where the table asks for an adaptation."""
    return presenting.target_words(basis["proposal"]["row"], basis)


def _is_outside(row: Evaluation, plan: Plan) -> bool:
    """Say whether what others found does not reach to a municipality of this size (EVI-164)."""
    known = experience_of(row, plan)
    return known is not None and known.forecast is None


def _rates(basis: dict[str, Any]) -> tuple[str, str]:
    """Return both discount rates in words."""
    money = basis.get("money") or {}
    costs = money.get("alone") or money.get("shared")
    second = f"{number(100 * SECOND_RATE, 0)} %"
    if not costs:
        return gettext("wie gerechnet"), second
    return f"{number(100 * costs['rate'], 1, language=presenting.language())} %", second


def _effects(
    row: Evaluation,
    plan: Plan,
    estimate: Estimate | None,
    shown: Shown | None,
    grounds: str,
) -> tuple[Effect, ...]:
    if estimate is None or shown is None:
        return ()
    effect = estimate.record["effect"] or {}
    low, high = effect.get("low"), effect.get("high")
    return (
        Effect(
            solution=row.solution,
            indicator=plan.indicator_name,
            sentence=shown.sentence,
            value=shown.value,
            span=_span(shown),
            bounds=None if low is None or high is None else (low, high),
            basis=grounds,
            evidence_class=shown.evidence_class,
            class_words=shown.class_word,
            data_as_of=day(from_us(estimate.as_of_us).astimezone(BERLIN).date()),
        ),
    )


def _grounds(shown: Shown | None, key: PoolKey) -> str:
    """Return what the sentence rests on: the own measurement, and what others found."""
    own = gettext("eigene Messung, %(design)s") % {"design": shown.design if shown else "–"}
    pool = compute_pool(key)
    if pool is None or pool.k < 2:
        return own
    others = gettext("Erfahrung aus %(k)s Kommunen, davon %(controlled)s mit Vergleich") % {
        "k": pool.k,
        "controlled": pool.controlled,
    }
    return f"{own}; {others}"


def _span(shown: Shown) -> str:
    if not shown.low:
        return ""
    return gettext("%(low)s bis %(high)s") % {"low": shown.low, "high": shown.high}


def _figures(plan: Plan, estimate: Estimate | None, shown: Shown | None) -> tuple[Figure, ...]:
    """Return the figure of the page for paper, with the newest months as its table."""
    if estimate is None or shown is None or estimate.record["line"] is None:
        return ()
    said = presenting.figure_sentence(plan, shown)
    svg = presenting.figure_alone(
        plan, estimate.record, title=plan.indicator_name, description=said
    )
    rows = presenting.table_rows(estimate.record)[-PRINTED_MONTHS:]
    head = [
        gettext("Monat"),
        f">{gettext('gemessen')}",
        f">{gettext('ohne die Lösung erwartet')}",
        f">{gettext('Bereich')}",
    ]
    caption = gettext("%(indicator)s in %(unit)s, letzte %(n)s Monate") % {
        "indicator": plan.indicator_name,
        "unit": plan.unit,
        "n": len(rows),
    }
    cells = [
        [
            presenting.month_words(one["month"]),
            _value(one["observed"]),
            _value(one["expected"]),
            f"{_value(one['low'])} – {_value(one['high'])}",
        ]
        for one in rows
    ]
    source = gettext("eigene Messung, Verfahren %(method)s") % {"method": estimate.method}
    return (Figure(plan.indicator_name, svg, said, table(caption, head, cells), source),)


def _value(value: float | None) -> str:
    return number(value, language=presenting.language())


def _unknowns(
    typed: PaperInput, shown: Shown | None, basis: dict[str, Any], key: PoolKey
) -> Unknowns:
    register = pool_register(key)
    checks = [
        f"{check['title']} ({check['label']})"
        for check in (shown.checks if shown else [])
        if check["verdict"] in ("failed", "refused")
    ]
    tips = [gettext(TIPS[name]) for name in basis["tips"]]
    return Unknowns(
        checks=tuple(checks),
        overdue=(register.overdue, register.planned),
        flips=gettext("gerechnet wird: %(cases)s") % {"cases": ", ".join(tips)} if tips else "",
        holds=bool(basis.get("alone")) and not tips,
        objections=typed.objections,
        smallest_measurement=typed.smallest_measurement,
    )


def _alternatives(
    typed: PaperInput, shown: Shown | None, basis: dict[str, Any]
) -> tuple[Alternative, ...]:
    """Return the proposed way, the joint one, and nothing; the effect is the same measurement."""
    effect = f"{shown.value} ({_span(shown)})" if shown and shown.low else ""
    evidence_class = shown.evidence_class if shown else None
    found = []
    for key, money_key, yearly, per_head in (
        ("proposed", "alone", _first_expense(typed), typed.finance.per_inhabitant),
        ("joint", "shared", typed.joint_yearly, typed.joint_per_inhabitant),
    ):
        money, second = basis.get(money_key), basis.get(f"{money_key}_second")
        found.append(
            Alternative(
                key=key,  # type: ignore[arg-type]
                effect=effect,
                evidence_class=evidence_class,
                yearly=yearly,
                per_inhabitant=per_head,
                value_first_rate=_whole(money),
                value_second_rate=_whole(second),
                chance=money["p_positive"] if money else None,
                missing=_why_missing(money, second),
            )
        )
    nothing = Alternative(
        key="nothing",
        missing=typed.nothing or gettext("Was dann geschieht, wurde nicht untersucht."),
    )
    return (*found, nothing)


def _first_expense(typed: PaperInput) -> Decimal | None:
    years = typed.finance.years
    return years[0].expense if years else None


def _whole(money: dict[str, Any] | None) -> Decimal | None:
    return as_amount(round(money["value"])) if money else None


def _why_missing(money: dict[str, Any] | None, second: dict[str, Any] | None) -> str:
    if money is None:
        return gettext("Ohne Kosten und Nutzen in Euro lässt sich kein Kapitalwert rechnen.")
    if second is None:
        return gettext("Der Kapitalwert wurde nur zu einem Zinssatz festgehalten.")
    return ""


def _legal(row: Evaluation) -> str:
    if not row.legal_light:
        return ""
    when = from_us(row.legal_us or 0).astimezone(BERLIN).date()
    return gettext("%(words)s (festgestellt am %(day)s)") % {
        "words": gettext(LEGAL_LABELS[row.legal_light]),
        "day": day(when),
    }


def _provenance(row: Evaluation, estimate: Estimate | None) -> tuple[tuple[str, str], ...]:
    rows = [(gettext("Installation"), str(settings.MEHRWERT.public_url or SOFTWARE))]
    if row.plan_hash:
        rows.append((gettext("Plan, festgeschrieben"), f"SHA-256 {row.plan_hash}"))
    if estimate is not None:
        rows += [
            (gettext("Verfahren und Regeln"), f"{estimate.method}, {estimate.ruleset}"),
            (gettext("Berechnung"), f"SHA-256 {estimate.record_hash}"),
            (gettext("Messwerte"), f"SHA-256 {estimate.data_hash}"),
        ]
    return tuple(rows)
