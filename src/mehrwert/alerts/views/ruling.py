"""Pages: rules, each tried on the past before it watches."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.alerts import access, actions, queries
from mehrwert.alerts.actions import RuleChoice
from mehrwert.alerts.duty import target_choices
from mehrwert.alerts.errors import MissingSeriesError, NotNumericError
from mehrwert.alerts.forms import RuleForm, initial_of
from mehrwert.alerts.models import AlertRule
from mehrwert.alerts.presenting import (
    address,
    message_line,
    past_of,
    rule_line,
    series_names,
    shown_address,
    unit_of,
    units_of,
)
from mehrwert.alerts.so_far import sentence_so_far
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.observations.access import actor_of, tenant_of

FORM = ["GET", "HEAD", "POST"]
DAYS = 365
NOTHING_ASKED: tuple[object, ...] = (None, "", 0, "0", [])
# shown only to those who ask for them, or who have used them
FINE = (
    "expression",
    "second",
    "third",
    "hysteresis",
    "damage_value",
    "quiet_from",
    "quiet_until",
    "escalate_to",
    "escalate_targets",
    "escalate_min",
)


@needs("read")
@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """List the rules."""
    page = paginate(request, queries.list_rules(), size=25)
    context = {
        "page": page,
        "lines": [rule_line(request, row) for row in page.items],
        "may_edit": request.can("edit_data"),  # type: ignore[attr-defined]
        "has_series": bool(series_names(request)),
    }
    return render_page(request, "alerts/rule_list.html", context)


@needs("read")
@require_safe
def rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Show a rule with what it would have said in the past year."""
    row = access.find_rule(rule_id)
    known = target_choices()
    context = {
        "rule": row,
        "line": rule_line(request, row),
        "past": _past(request, row.datastream_id, actions.choice_of(row)),
        "ways": [shown_address(way, dict(known)) for way in row.recipients],
        "next_ways": [shown_address(way, dict(known)) for way in row.escalate_to],
        "tests": [message_line(message, dict(known)) for message in queries.list_tests(row)],
        "may_edit": request.can("edit_data"),  # type: ignore[attr-defined]
    }
    return render_page(request, "alerts/rule.html", context)


@needs("edit_data")
@require_http_methods(FORM)
def rule_new(request: HttpRequest) -> HttpResponse:
    """Fill in the blanks of a rule; it rests until it is switched on."""
    series = request.GET.get("reihe", "")
    initial = {"datastream": int(series)} if series.isdecimal() else {}
    return _edit(request, None, initial)


@needs("edit_data")
@require_http_methods(FORM)
def rule_edit(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Change a rule."""
    row = access.find_rule(rule_id)
    return _edit(request, row, initial_of(actions.choice_of(row), row.datastream_id))


@needs("edit_data")
@require_POST
def rule_switch(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Let a rule watch, or let it rest."""
    is_active = request.POST.get("an") == "1"
    actions.switch_rule(access.find_rule(rule_id), is_active=is_active, actor=actor_of(request))
    said = gettext("Die Regel wacht jetzt.") if is_active else gettext("Die Regel ruht jetzt.")
    messages.success(request, said)
    return redirect(address(request, "rule", rule_id=rule_id))


@needs("edit_data")
@require_POST
def rule_test(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Send a test to everybody the rule would tell."""
    n = actions.try_ways(access.find_rule(rule_id), actor=actor_of(request))
    said = gettext("Die Probe ist unterwegs. Unten steht gleich, was ankam.")
    if n:
        messages.success(request, said)
    else:
        messages.warning(request, gettext("Diese Regel sagt niemandem Bescheid."))
    return redirect(address(request, "rule", rule_id=rule_id) + "#proben")


@needs("edit_data")
@require_POST
def rule_delete(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Delete a rule; its alerts stay."""
    actions.delete_rule(access.find_rule(rule_id), actor=actor_of(request))
    messages.success(request, gettext("Die Regel ist gelöscht. Ihre Meldungen bleiben."))
    return redirect(address(request, "rule_list"))


def _edit(request: HttpRequest, row: AlertRule | None, initial: dict[str, Any]) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    plans = [(plan.pk, plan.title) for plan in queries.list_plans()]
    form = RuleForm(
        data,
        initial=initial,
        series=series_names(request),
        plans=plans,
        targets=target_choices(),
    )
    past = None
    is_asked = data is not None and "satz" in data
    if data is not None and not is_asked and form.is_valid():
        choice, series_id = form.to_choice(), form.cleaned_data["datastream"]
        if "pruefen" in data:
            past = _past(request, series_id, choice)
        else:
            try:
                return _saved(request, row, series_id, choice)
            except NotNumericError as error:
                form.add_error("kind", sentence_of(error))
            except MissingSeriesError as error:
                form.add_error("expression", sentence_of(error))
    title = gettext("Regel bearbeiten") if row else gettext("Neue Regel")
    context = {
        "form": form,
        "title": title,
        "past": past,
        "so_far": sentence_so_far(form, units_of(request)),
        "rule": row,
        "more_open": any(
            name in form.errors or form[name].value() not in NOTHING_ASKED for name in FINE
        ),
        "cancel_url": address(request, "rule", rule_id=row.pk)
        if row
        else address(request, "rule_list"),
    }
    status = 422 if form.is_bound and form.errors and not is_asked else 200
    part = "alerts/parts/so_far.html"
    return render_page(request, "alerts/rule_form.html", context, status, fragment=part)


def _saved(
    request: HttpRequest, row: AlertRule | None, series_id: int, choice: RuleChoice
) -> HttpResponse:
    actor = actor_of(request)
    if row is None:
        row = actions.create_rule(tenant_of(request).pk, series_id, choice, actor=actor)
        said = gettext("Die Regel ist gespeichert. Sie wacht, sobald Sie sie einschalten.")
    else:
        actions.save_rule(row, choice, actor=actor)
        said = gettext("Die Änderungen sind gespeichert.")
    messages.success(request, said)
    return redirect(address(request, "rule", rule_id=row.pk))


def _past(request: HttpRequest, series_id: int, choice: RuleChoice) -> dict[str, Any]:
    tried = queries.try_out(
        tenant_of(request).pk,
        series_id,
        choice.condition,
        days=DAYS,
        damage_value=choice.damage_value,
        others=dict(choice.others),
    )
    return past_of(tried, unit_of(request, series_id), choice)
