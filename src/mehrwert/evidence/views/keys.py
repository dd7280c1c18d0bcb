"""Page of the curator: which own key of a municipality means which shared one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.evidence import actions, queries
from mehrwert.evidence.choices import KEY_KIND_LABELS
from mehrwert.evidence.errors import UnknownKeyError
from mehrwert.evidence.forms import MappingForm
from mehrwert.evidence.queries import OwnKey, OwnKeyLine

ON_PAGE = 50


@needs("operate")
@require_safe
def key_list(request: Any) -> HttpResponse:
    """List own keys, those that nobody looked at first."""
    page = paginate(request, queries.list_own_keys(), size=ON_PAGE)
    context = {
        "crumbs": [(gettext("Belege"), reverse("evidence:list")), (gettext("Eigene Namen"), "")],
        "page": page,
        "lines": [
            {"line": line, "kind": _kind(line), "url": _url(line.own)} for line in page.items
        ],
    }
    return render_page(request, "evidence/keys.html", context)


def _kind(line: OwnKeyLine) -> str:
    return gettext(KEY_KIND_LABELS[line.own.kind])


def _url(own: OwnKey) -> str:
    given = {"tenant_id": own.tenant_id, "kind": own.kind, "key": own.key}
    return reverse("evidence:key", kwargs=given)


@needs("operate")
@require_http_methods(["GET", "HEAD", "POST"])
def key(request: Any, tenant_id: int, kind: str, key: str) -> HttpResponse:
    """Map one own key to a shared one, or let it stand alone again."""
    own = OwnKey(tenant_id, kind, key)
    line = next((line for line in queries.list_own_keys() if line.own == own), None)
    if line is None:
        raise UnknownKeyError
    mapping = line.mapping
    initial = {"shared_key": mapping.shared_key, "reason": mapping.reason} if mapping else {}
    form = MappingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.map_key(
                own, given["shared_key"], reason=given["reason"], actor=actor_of(request)
            )
        except MehrwertError as error:
            form.add_error("shared_key", sentence_of(error))
        else:
            messages.success(
                request, gettext("Gespeichert. Die Zusammenfassungen sind neu gerechnet.")
            )
            return redirect("evidence:keys")
    context = {
        "crumbs": [
            (gettext("Belege"), reverse("evidence:list")),
            (gettext("Eigene Namen"), reverse("evidence:keys")),
            (line.name, ""),
        ],
        "line": line,
        "kind": _kind(line),
        "shared": queries.list_shared_keys(kind),
        "form": form,
        "cancel_url": reverse("evidence:keys"),
    }
    return render_page(request, "evidence/key.html", context, 422 if form.errors else 200)
