"""Page: how long readings are kept, what would go, what is held."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mehrwert.base.clock import now_us
from mehrwert.base.http import needs, render_page
from mehrwert.observations import actions, queries
from mehrwert.observations.access import context_of, tenant_of
from mehrwert.observations.choices import PROTECTION_LABELS
from mehrwert.observations.forms_retention import HoldForm, PolicyForm
from mehrwert.observations.presenting import address
from mehrwert.observations.queries.retention import ALL, CLASS, CLASSES, PROPERTY, SERIES
from mehrwert.observations.rules import DAY_US

MOST_ROWS = 200


@needs("manage_town")
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Show policies and holds; with ``?probe=1`` what would go now."""
    return _page(request, PolicyForm(**_choices(request)), HoldForm(series=_series(request)))


@needs("manage_town")
@require_POST
def policy_set(request: HttpRequest) -> HttpResponse:
    """Say how long something is kept, as a draft."""
    form = PolicyForm(request.POST, **_choices(request))
    if not form.is_valid():
        return _page(request, form, HoldForm(series=_series(request)), status=422)
    scope, target_id = form.target()
    actions.set_policy(
        context_of(request),
        scope,
        target_id,
        raw_days=form.cleaned_data["raw_days"],
        hour_days=form.cleaned_data["hour_days"],
    )
    said = gettext(
        "Gespeichert als Entwurf. Der Probelauf zeigt, was ginge. Noch geschieht nichts."
    )
    messages.success(request, said)
    return redirect(address(request, "retention") + "?probe=1")


@needs("manage_town")
@require_POST
def policy_switch(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Let a policy count, or make it a draft again."""
    is_active = request.POST.get("an") == "1"
    actions.switch_policy(context_of(request), policy_id, is_active=is_active)
    said = gettext("Die Frist gilt ab heute Nacht.") if is_active else gettext("Die Frist ruht.")
    messages.success(request, said)
    return redirect(address(request, "retention"))


@needs("manage_town")
@require_POST
def policy_delete(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Delete a policy."""
    actions.delete_policy(context_of(request), policy_id)
    messages.success(request, gettext("Die Frist ist gelöscht. Alles bleibt, was da ist."))
    return redirect(address(request, "retention"))


@needs("manage_town")
@require_POST
def hold_put(request: HttpRequest) -> HttpResponse:
    """Keep something whatever the policies say."""
    form = HoldForm(request.POST, series=_series(request))
    if not form.is_valid():
        return _page(request, PolicyForm(**_choices(request)), form, status=422)
    given = form.cleaned_data
    actions.put_hold(context_of(request), given["datastream"], given["reason"])
    messages.success(
        request, gettext("Gesperrt. Keine Frist entfernt hier etwas, bis Sie es aufheben.")
    )
    return redirect(address(request, "retention"))


@needs("manage_town")
@require_POST
def hold_lift(request: HttpRequest, hold_id: int) -> HttpResponse:
    """End a hold."""
    actions.lift_hold(context_of(request), hold_id)
    messages.success(request, gettext("Aufgehoben. Die Fristen gelten wieder."))
    return redirect(address(request, "retention"))


def _page(
    request: HttpRequest, form: PolicyForm, hold_form: HoldForm, status: int = 200
) -> HttpResponse:
    tenant_id = tenant_of(request).pk
    names = dict(_series(request))
    targets = {(SERIES, number): name for number, name in names.items()}
    targets |= {
        (CLASS, place): gettext("Schutzbedarf: %(name)s")
        % {"name": gettext(PROTECTION_LABELS[kind])}
        for place, kind in enumerate(CLASSES)
    }
    targets |= {(PROPERTY, number): name for number, name in _properties(request)}
    wants_trial = request.GET.get("probe") == "1"
    found = queries.list_expiries(tenant_id, now_us(), only_active=False) if wants_trial else []
    going = [expiry for expiry in found if expiry.n]
    context = {
        "form": form,
        "hold_form": hold_form,
        "policies": [_policy_line(policy, targets) for policy in queries.list_policies(tenant_id)],
        "holds": [
            {"hold": hold, "name": names.get(hold.datastream_id) or gettext("alle Messreihen")}
            for hold in queries.list_holds(tenant_id)
        ],
        "wants_trial": wants_trial,
        "going": going[:MOST_ROWS],
        "n_going": sum(expiry.n for expiry in going if not expiry.is_held),
        "n_more": max(0, len(going) - MOST_ROWS),
        "list_url": address(request, "thing_list"),
    }
    return render_page(request, "observations/retention.html", context, status)


def _policy_line(policy: queries.PolicyRow, targets: dict[tuple[str, int], str]) -> dict[str, Any]:
    known = targets.get((policy.scope, policy.target_id), gettext("gelöscht"))
    return {
        "policy": policy,
        "name": gettext("alle Messreihen") if policy.scope == ALL else known,
        "is_active": policy.active_us is not None,
        "until_us": now_us() - policy.raw_days * DAY_US,
    }


def _series(request: HttpRequest) -> list[tuple[int, str]]:
    """Return the series of the municipality by name, read once per request."""
    known: list[tuple[int, str]] | None = getattr(request, "_retention_series", None)
    if known is None:
        rows = queries.list_datastreams(tenant_of(request).pk)
        known = sorted(((s.id, f"{s.thing_name}: {s.name}") for s in rows), key=lambda p: p[1])
        request._retention_series = known  # type: ignore[attr-defined]
        properties = {s.property_id: s.property_name for s in rows}
        request._retention_properties = sorted(  # type: ignore[attr-defined]
            properties.items(), key=lambda pair: pair[1]
        )
    return known


def _properties(request: HttpRequest) -> list[tuple[int, str]]:
    _series(request)
    found: list[tuple[int, str]] = request._retention_properties  # type: ignore[attr-defined]
    return found


def _choices(request: HttpRequest) -> dict[str, list[tuple[int, str]]]:
    return {"series": _series(request), "properties": _properties(request)}
