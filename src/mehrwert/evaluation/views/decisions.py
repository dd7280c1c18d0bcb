"""The proposal of the table, the decision of the body, the learning report."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError, NotFoundError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.evaluation import access, actions, presenting, queries
from mehrwert.evaluation.actions import DecisionInput
from mehrwert.evaluation.choices import DECISION_LABELS, LEGAL_LABELS
from mehrwert.evaluation.deciding import Deliberation, MoneyInput, deliberate
from mehrwert.evaluation.forms import DecisionForm, LegalForm, MoneyForm
from mehrwert.evaluation.measuring import list_candidates
from mehrwert.evaluation.models import Estimate, Evaluation
from mehrwert.evaluation.rules import Plan
from mehrwert.evaluation.rules.decision import Costs
from mehrwert.evaluation.views.common import address, crumbs, to
from mehrwert.evaluation.views.evaluations import plan_facts
from mehrwert.evaluation.views.reflections import voices
from mehrwert.evaluation.wording import TABLE_ROWS, TIPS, ground_words
from mehrwert.evidence.queries import read_own_finding
from mehrwert.stats.decision_table import Decision

USUAL_RATE = 0.009


@needs("decide")
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Any, evaluation_id: int) -> HttpResponse:
    """Weigh with the costs entered, show the proposal, record what was decided."""
    row = access.find_evaluation(evaluation_id)
    is_recording = request.method == "POST"
    # ids of its own: the form below has the same fields
    weighed = request.GET if request.GET else _kept_money(row)
    money_form = MoneyForm(weighed, auto_id="id_weighed_%s")
    form = DecisionForm(request.POST) if is_recording else None
    asked = form if form is not None else money_form
    money = _money(asked.cleaned_data) if asked.is_bound and asked.is_valid() else MoneyInput()
    if form is not None and form.is_valid():
        given = DecisionInput(
            money=money,
            **{
                name: form.cleaned_data[name]
                for name in ("decision", "decided_on", "body", "override_reason", "lesson")
            },
        )
        try:
            actions.record_decision(row, given, actor=actor_of(request))
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Die Entscheidung ist festgehalten."))
            return to(request, "evaluation", row)
    return _decide_page(request, row, money, form, money_form)


def _decide_page(
    request: Any,
    row: Evaluation,
    money: MoneyInput,
    form: DecisionForm | None,
    money_form: MoneyForm,
) -> HttpResponse:
    plan, result = queries.plan_of(row), queries.read_result(row)
    estimate = result.estimate if result else queries.newest_estimate(row)
    weighed = deliberate(row, plan, estimate, money)
    if form is None:
        initial = dict(money_form.cleaned_data) if money_form.is_valid() else {}
        initial["decision"] = weighed.proposal.decision.value
        form = DecisionForm(initial=initial)
    decided = queries.newest_decision(row)
    context = {
        "crumbs": crumbs(request, row, gettext("Entscheidung")),
        "row": row,
        "result": result,
        "decision": decided,
        "decision_label": gettext(DECISION_LABELS[decided.decision]) if decided else "",
        "shown": presenting.show(row, plan, estimate) if estimate else None,
        "proposal": proposal_words(weighed),
        "candidates": candidate_lines(row, plan, estimate, weighed),
        "money_rows": money_rows(weighed),
        "money_form": money_form,
        "form": form,
        "legal_form": LegalForm() if request.can("legal_review") else None,
        "legal": legal_words(row),
        "legal_url": address(request, "legal", row),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "evaluation/decide.html", context, status)


def _kept_money(row: Evaluation) -> dict[str, Any]:
    """Return what the newest decision was weighed with, as the form shows it."""
    decision = queries.newest_decision(row)
    kept = (decision.basis.get("money") if decision else None) or {}
    alone, shared = kept.get("alone") or {}, kept.get("shared") or {}
    given = {
        "invest": alone.get("invest"),
        "yearly": alone.get("yearly"),
        "yearly_base": (alone or shared).get("yearly_base"),
        "shared_invest": shared.get("invest"),
        "shared_yearly": shared.get("yearly"),
        "years": (alone or shared).get("years", 5),
        "rate_percent": round(100 * (alone or shared).get("rate", USUAL_RATE), 3),
        "affordable": kept.get("affordable", False),
        "must_by_law": kept.get("must_by_law", False),
        "within_limit": kept.get("within_limit", False),
    }
    return {name: value for name, value in given.items() if value is not None}


def _money(given: dict[str, Any]) -> MoneyInput:
    """Return the costs; unknown stays unknown and is never zero."""
    years, rate = given["years"], given["rate_percent"] / 100
    base = given["yearly_base"]

    def costs(once: float | None, running: float | None) -> Costs | None:
        if base is None or once is None or running is None:
            return None
        return Costs(once, running, base, years, rate)

    return MoneyInput(
        costs(given["invest"], given["yearly"]),
        costs(given["shared_invest"], given["shared_yearly"]),
        affordable=given["affordable"],
        must_by_law=given["must_by_law"],
        within_limit=given["within_limit"],
    )


def proposal_words(weighed: Deliberation) -> dict[str, Any]:
    """Return the proposal with its reason and when it would tip (EVI-42)."""
    tips = [
        f"{gettext(TIPS[name])}: {gettext(DECISION_LABELS[decision])}"
        for name, decision in weighed.tips.items()
    ]
    proposal, is_duty = weighed.proposal, weighed.basis.must_by_law
    label = gettext(DECISION_LABELS[proposal.decision.value])
    if is_duty and proposal.decision is Decision.END:
        label = gettext("diese Lösung ersetzen")
    return {
        "label": label,
        "row": proposal.row,
        "reason": gettext(TABLE_ROWS[proposal.row]),
        "is_duty": is_duty,
        "tips": tips,
        "has_money": weighed.alone is not None or weighed.shared is not None,
        "ground": ground_words(weighed.ground.to_record()),
        "target": presenting.target_words(weighed.proposal.row, weighed.to_record()),
    }


def candidate_lines(
    row: Evaluation, plan: Plan, estimate: Estimate | None, weighed: Deliberation
) -> list[dict[str, Any]]:
    """Return what could be measured so that a decision becomes possible (EVI-193)."""
    if weighed.proposal.decision is not Decision.NOT_YET_DECIDABLE:
        return []
    record = estimate.record if estimate else None
    return presenting.candidate_lines(
        plan, list_candidates(record, plan, is_before_start=row.is_before_start)
    )


def money_rows(weighed: Deliberation) -> list[dict[str, str]]:
    """Return capital value, interval and chance to pay, alone and shared."""
    found = []
    for label, money in (
        (gettext("allein"), weighed.alone),
        (gettext("im Verbund"), weighed.shared),
    ):
        if money is not None:
            found.append(
                {
                    "label": label,
                    "value": presenting.euros(money.value),
                    "low": presenting.euros(money.low),
                    "high": presenting.euros(money.high),
                    "target": presenting.target_amount(money.yearly_target),
                    "chance": gettext("in %(n)s von 100 Fällen")
                    % {"n": round(100 * money.p_positive)},
                }
            )
    return found


def legal_words(row: Evaluation) -> str:
    """Return what law and data protection say; unset is said as such."""
    if not row.legal_light:
        return gettext("rechtlich nicht geprüft")
    return gettext(LEGAL_LABELS[row.legal_light])


@needs("legal_review")
@require_POST
def legal(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Set the legal light with name and day."""
    row = access.find_evaluation(evaluation_id)
    form = LegalForm(request.POST)
    if form.is_valid():
        actions.set_legal_light(row, form.cleaned_data["light"], actor=actor_of(request))
    return to(request, "decide", row)


@needs("read")
@require_safe
def learning_report(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Show what was learned from a project that ended; also without a good result."""
    row = access.find_evaluation(evaluation_id)
    decision = queries.newest_decision(row)
    if decision is None or decision.decision != "end":
        raise NotFoundError
    plan, result = queries.plan_of(row), queries.read_result(row)
    estimate = decision.estimate
    context = {
        "crumbs": crumbs(request, row, gettext("Lernbericht")),
        "row": row,
        "facts": plan_facts(plan),
        "result": result,
        "shown": presenting.show(row, plan, estimate) if estimate else None,
        "decision": decision,
        "finding": read_own_finding(row.reference),
        "voices": voices(queries.list_answers(row)),
    }
    return render_page(request, "evaluation/learning_report.html", context)
