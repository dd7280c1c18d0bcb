"""Doors: the catalogue as RDF in three forms, assets, and the files of the dump."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from mehrwert.base.errors import NotFoundError

from . import adms, cpsv, queries, rdf
from .mapping import Publisher, build_catalogue

Writer = Callable[[rdf.Graph], str]
WRITERS: dict[str, tuple[str, Writer]] = {
    "ttl": ("text/turtle; charset=utf-8", rdf.to_turtle),
    "rdf": ("application/rdf+xml; charset=utf-8", rdf.to_xml),
    "jsonld": ("application/ld+json; charset=utf-8", rdf.to_json_ld),
}
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "zip": "application/zip",
}
OPEN_SINCE = date(2026, 11, 24)


def publisher_of(request: HttpRequest) -> Publisher:
    """Return who publishes, by the options; without a public address as the request names us."""
    options = settings.MEHRWERT
    base = (options.public_url or request.build_absolute_uri("/")).rstrip("/")
    imprint = base + reverse("base:legal", kwargs={"page": "impressum"})
    contact = options.catalogue_contact or imprint
    return Publisher(
        base=base,
        name=options.catalogue_publisher or f"Betrieb der Installation {base.partition('//')[2]}",
        contact=f"mailto:{contact}" if "@" in contact and ":" not in contact else contact,
        contributor=options.govdata_contributor,
    )


def answer(graph: rdf.Graph, form: str) -> HttpResponse:
    """Return a graph in one form; readable from any web page."""
    media_type, write = WRITERS[form]
    response = HttpResponse(write(graph), content_type=media_type)
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def catalogue(request: HttpRequest, form: str) -> HttpResponse:
    """Return the catalogue: ``/dcat/catalog.ttl``, ``.rdf``, ``.jsonld``."""
    if form not in WRITERS:
        raise NotFoundError
    return answer(build_catalogue(publisher_of(request), queries.read_dump(), OPEN_SINCE), form)


@require_safe
def assets(request: HttpRequest, form: str) -> HttpResponse:
    """Return the solutions as ADMS-AP assets: ``/dcat/adms.ttl``, ``.rdf``, ``.jsonld``."""
    if form not in WRITERS:
        raise NotFoundError
    graph, _ = adms.build_assets(publisher_of(request), queries.public_solutions())
    return answer(graph, form)


@require_safe
def services(request: HttpRequest, form: str) -> HttpResponse:
    """Return the public services that solutions serve: ``/dcat/cpsv.ttl`` and the other forms."""
    if form not in WRITERS:
        raise NotFoundError
    graph, _ = cpsv.build_services(publisher_of(request), queries.public_solutions())
    return answer(graph, form)


@require_safe
def dump_file(request: HttpRequest, name: str) -> FileResponse:
    """Return a file of the dump; only names that its manifest lists."""
    path = queries.read_dump_file(name)
    if path is None:
        raise NotFoundError
    media_type = MEDIA_TYPES.get(path.suffix[1:], "application/octet-stream")
    response = FileResponse(path.open("rb"), content_type=media_type)
    response["Access-Control-Allow-Origin"] = "*"
    return response
