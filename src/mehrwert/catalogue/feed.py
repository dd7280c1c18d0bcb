"""The list as an Atom feed (RFC 4287): new and changed solutions first."""

from xml.etree import ElementTree as ET

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from mehrwert.base.clock import from_us
from mehrwert.catalogue import presenting, wording
from mehrwert.catalogue.queries import SolutionRow

ATOM = "http://www.w3.org/2005/Atom"


def feed_of(request: HttpRequest, rows: list[SolutionRow], text: str) -> HttpResponse:
    """Return the newest of the rows as a feed."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    name = gettext("Lösungen") if not text else gettext("Lösungen zu „%(q)s“") % {"q": text}
    newest = sorted(rows, key=lambda row: (-row.solution.changed_us, row.solution.pk))
    _add(feed, "title", f"{name} – Mehrwert")
    _add(feed, "id", request.build_absolute_uri())
    _add(feed, "updated", _time(newest[0].solution.changed_us if newest else 0))
    _link(feed, "self", request.build_absolute_uri(), "application/atom+xml")
    for row in newest:
        solution = row.solution
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "title", solution.name)
        _add(entry, "id", f"urn:uuid:{solution.uuid}")
        _add(entry, "updated", _time(solution.changed_us))
        url = request.build_absolute_uri(presenting.url_of(solution.slug))
        _link(entry, "alternate", url, "text/html")
        author = ET.SubElement(entry, f"{{{ATOM}}}author")
        _add(author, "name", (solution.profile.get("origin") or {}).get("name") or "Mehrwert")
        _add(entry, "summary", f"{solution.short_description} ({wording.origin_text(solution)})")
    body = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, "type": kind})


def _time(at_us: int) -> str:
    return from_us(at_us).isoformat(timespec="seconds")
