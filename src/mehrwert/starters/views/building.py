"""Pages: a package from the own setup, looked at before it leaves the house (TRF-210)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.catalogue.queries import without_personal_data
from mehrwert.starters import actions, harvesting, presenting
from mehrwert.starters.forms_building import BuildForm
from mehrwert.starters.rules.harvest import harvest

ZIP_TYPE = "application/zip"


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def build(request: Any) -> HttpResponse:
    """Choose what goes along, read what leaves the house, take the package as a file."""
    request.nav_key = "solutions"
    tenant = request.tenant
    things, evaluations = harvesting.list_choices(tenant.pk)
    posted = request.POST if request.method == "POST" else None
    form = BuildForm(posted, things, evaluations)
    shown = None
    if posted is not None and form.is_valid():
        try:
            data = harvesting.build(tenant.pk, tenant.name, form.told(), form.chosen())
            package = actions.check_zip(data)
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            if "laden" in posted:
                return _file(data, package.slug)
            shown = _shown(tenant.pk, form)
    context = {
        "crumbs": presenting.crumbs(request, last=gettext("Eigenes Paket")),
        "form": form,
        "has_evaluations": bool(evaluations),
        "shown": shown,
    }
    return render_page(request, "starters/build.html", context, 422 if form.errors else 200)


def _file(data: bytes, slug: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=ZIP_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{slug}.zip"'
    return answer


def _shown(tenant_id: int, form: BuildForm) -> dict[str, Any]:
    """Return what the package holds, and every text that leaves the house."""
    made = harvest(harvesting.gather(tenant_id, form.chosen()), without_personal_data)
    return {
        "n_things": len(made.items["thing_type"]),
        "n_series": len(made.items["datastream_type"]),
        "n_rules": len(made.items.get("alert_rule", ())),
        "parameters": [row["title"] for row in made.parameters.values()],
        "texts": harvesting.texts_of(made),
    }
