"""Doors: the publiccode.yml of a solution, made from its profile."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from mehrwert.base.errors import NotFoundError

from . import queries

MISSING = 409


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the file, or 409 with the values that the profile lacks."""
    made = queries.read_export(slug)
    if made is None:
        raise NotFoundError
    if not made.text:
        return JsonResponse({"missing": list(made.missing)}, status=MISSING)
    response = HttpResponse(made.text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="publiccode.yml"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
