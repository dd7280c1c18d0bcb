"""Doors below ``/v1/`` for everybody: reading. Every error is ``application/problem+json``."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from . import queries
from .errors import ProblemError
from .models import SoftwareRecord
from .queries import NAMESPACE, OWN, Catalogue, Publisher, Software
from .rules import Dated, Page, cut, parse_list, rfc3339

T = TypeVar("T", bound=Dated)
View = Callable[..., HttpResponse]
GERMANY = "iso3166:DE"
ROOT = "∅"


def door(*methods: str) -> Callable[[View], View]:
    """Answer requests with some methods; turn problems into their one shape."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise ProblemError(405, "can't do this", "this address is for other methods")
                response = view(request, **kwargs)
            except ProblemError as problem:
                response = _problem(problem)
            if response.status_code == 405:
                response["Allow"] = ", ".join(methods)
            response["Access-Control-Allow-Origin"] = "*"
            return response

        return answer

    return decorate


reading = door("GET", "HEAD")


def _problem(problem: ProblemError) -> HttpResponse:
    body: dict[str, Any] = {
        "title": problem.title,
        "detail": problem.detail,
        "status": problem.status,
    }
    if problem.invalid:
        body["validationErrors"] = [vars(i) for i in problem.invalid]
    response = JsonResponse(
        body, status=problem.status, content_type="application/problem+json; charset=utf-8"
    )
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _base(request: HttpRequest) -> str:
    return str(settings.MEHRWERT.public_url or request.build_absolute_uri("/")).rstrip("/")


def page_of(
    request: HttpRequest, items: Sequence[T], tell: Callable[[T], dict[str, Any]]
) -> HttpResponse:
    """Return one page of a list in the envelope of the standard."""
    return _told_page(cut(items, parse_list(request.GET.dict())), tell)


def _told_page(page: Page[T], tell: Callable[[T], dict[str, Any]]) -> HttpResponse:
    links = {"prev": page.previous, "next": page.next}
    return JsonResponse({"data": [tell(i) for i in page.items], "links": links})


def _found(thing: T | None, title: str) -> T:
    if thing is None:
        raise ProblemError(404, f"can't get {title}", f"{title} was not found")
    return thing


def _times(thing: Software | Publisher | Catalogue) -> dict[str, str]:
    return {"createdAt": rfc3339(thing.created_at), "updatedAt": rfc3339(thing.updated_at)}


def _software(software: Software) -> dict[str, Any]:
    return {
        "id": software.id,
        "url": software.url,
        "publiccodeYml": software.publiccode,
        "active": software.is_active,
        **_said(software.record),
        **_times(software),
    }


def _said(record: SoftwareRecord | None) -> dict[str, Any]:
    """Return what the owner said of a software; what they did not say is absent."""
    said = {"aliases": record.aliases, "vitality": record.vitality} if record else {}
    return {name: value for name, value in said.items() if value}


def _publisher(publisher: Publisher) -> dict[str, Any]:
    times = _times(publisher)
    told = {
        "id": publisher.id,
        "description": publisher.name,
        "codeHosting": [{"url": url, "group": False, **times} for url in publisher.code],
        "active": True,
        **times,
    }
    return {**told, "alternativeId": publisher.key} if publisher.key else told


def _catalogue(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "id": catalogue.id,
        "name": catalogue.name,
        "alternativeId": OWN,
        "active": True,
        "publishersNamespace": NAMESPACE,
        "scopes": [GERMANY],
        "sources": [{"driver": OWN, "url": f"{catalogue.address}/loesungen/"}],
        **_times(catalogue),
    }


def _catalogues(request: HttpRequest) -> list[Catalogue]:
    base = _base(request)
    name = settings.MEHRWERT.catalogue_publisher or base.partition("//")[2]
    return queries.list_catalogues(base, f"Katalog digitaler Lösungen: {name}"[:255])


def _one_catalogue(request: HttpRequest, identity: str) -> Catalogue:
    own = next((c for c in _catalogues(request) if identity in {c.id, OWN, ROOT}), None)
    return _found(own, "Catalog")


@reading
def status(request: HttpRequest) -> HttpResponse:
    """Say that the interface is there."""
    return HttpResponse(status=204)


@reading
def software_list(request: HttpRequest) -> HttpResponse:
    """List software; ``url`` limits to one repository."""
    return _software_page(request)


def _software_page(request: HttpRequest) -> HttpResponse:
    asked = parse_list(request.GET.dict())
    also_inactive = request.GET.get("all", "").lower() in {"true", "1"}
    page = queries.page_software(asked, request.GET.get("url", ""), also_inactive=also_inactive)
    return _told_page(page, _software)


def software_told(identity: str) -> dict[str, Any]:
    """Return one software as the interface tells it."""
    return _software(_found(queries.read_software(identity), "Software"))


@reading
def software_analysis(request: HttpRequest, identity: str) -> HttpResponse:
    """Return what this catalogue knows of a software."""
    found = _found(queries.read_software(identity), "Software")
    page = f"{_base(request)}/loesungen/{found.solution.slug}/"
    return JsonResponse(queries.analysis_of(found.solution, page))


@reading
def software_logs(request: HttpRequest, identity: str) -> HttpResponse:
    """List the logs of a software: none are kept for others to see."""
    _found(queries.read_software(identity), "Software")
    return _no_logs(request)


@reading
def logs(request: HttpRequest) -> HttpResponse:
    """List logs: none are kept for others to see."""
    return _no_logs(request)


def _no_logs(request: HttpRequest) -> HttpResponse:
    none: list[Software] = []
    return page_of(request, none, _software)


@reading
def publisher_list(request: HttpRequest) -> HttpResponse:
    """List the municipalities that software comes from."""
    return _publisher_page(request)


def _publisher_page(request: HttpRequest) -> HttpResponse:
    return _told_page(queries.page_publishers(parse_list(request.GET.dict())), _publisher)


@reading
def publisher(request: HttpRequest, identity: str) -> HttpResponse:
    """Return one publisher by id or official key."""
    return JsonResponse(_publisher(_found(queries.read_publisher(identity), "Publisher")))


@reading
def catalogue_list(request: HttpRequest) -> HttpResponse:
    """List catalogues."""
    return page_of(request, _catalogues(request), _catalogue)


@reading
def catalogue(request: HttpRequest, identity: str) -> HttpResponse:
    """Return one catalogue by id, ``mehrwert`` or ``∅``."""
    return JsonResponse(_catalogue(_one_catalogue(request, identity)))


@reading
def catalogue_part(request: HttpRequest, identity: str, part: str) -> HttpResponse:
    """Return analysis, publishers, software or logs of a catalogue."""
    _one_catalogue(request, identity)
    if part == "software":
        return _software_page(request)
    if part == "publishers":
        return _publisher_page(request)
    if part == "logs":
        return _no_logs(request)
    if part == "analysis":
        count = len(queries.list_software())
        return JsonResponse({"mehrwert": {"v": 1, "software": count}})
    raise ProblemError(404, "can't get resource", "there is no such resource")


@reading
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer every other address in the one shape of errors."""
    raise ProblemError(404, "can't get resource", "there is no such resource")
