"""The house's own ODT and Word templates: store, try, take away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mehrwert.base.errors import MehrwertError, NotFoundError
from mehrwert.base.http import actor_of, needs
from mehrwert.base.http_errors import sentence_of
from mehrwert.documents.docx import MEDIA_TYPE as DOCX_TYPE
from mehrwert.documents.odt import MEDIA_TYPE as ODT_TYPE
from mehrwert.evaluation import actions, house_templates
from mehrwert.evaluation.council_paper import DEFAULT
from mehrwert.evaluation.forms import HouseTemplateForm
from mehrwert.evaluation.papers import example_of
from mehrwert.evaluation.profiles import known_profiles
from mehrwert.evaluation.views.common import address
from mehrwert.evaluation.views.profiles import list_page

TYPES = {"odt": ODT_TYPE, "docx": DOCX_TYPE}


@needs("decide")
@require_POST
def save(request: Any) -> HttpResponse:
    """Store an uploaded template, or say why it cannot be used."""
    form = HouseTemplateForm(request.POST, request.FILES)
    if not form.is_valid():
        return list_page(request, form)
    file = form.cleaned_data["file"]
    try:
        actions.save_house_template(str(file.name), file.read(), actor=actor_of(request))
    except MehrwertError as error:
        form.add_error("file", sentence_of(error))
        return list_page(request, form)
    messages.success(
        request, gettext("Die Mustervorlage gilt ab jetzt für Entwürfe. Bitte die Probe ansehen.")
    )
    return redirect(address(request, "profiles"))


@needs("decide")
@require_POST
def remove(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a template away; released papers keep theirs."""
    if kind not in TYPES:
        raise NotFoundError
    actions.remove_house_template(kind, actor=actor_of(request))
    messages.success(request, gettext("Entwürfe stehen wieder auf dem mitgelieferten Papier."))
    return redirect(address(request, "profiles"))


@needs("read")
@require_safe
def sample(request: HttpRequest, kind: str) -> HttpResponse:
    """Return the newest paper of the municipality, or an empty one, on the house's paper."""
    if kind not in TYPES:
        raise NotFoundError
    written = house_templates.write(example_of(known_profiles()[DEFAULT]), kind, None)
    response = HttpResponse(written, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="probe.{kind}"'
    return response
