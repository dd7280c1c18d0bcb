"""Shares a view of a municipality: link, short link, QR code. What they open, the roles decide."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.figures.qr_code import qr_code
from mehrwert.municipalities import actions, queries
from mehrwert.municipalities.errors import NotSharableError
from mehrwert.municipalities.rules import path_within

LANGUAGES = [code for code, _ in settings.LANGUAGES]


@needs("read")
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: Any) -> HttpResponse:
    """Show how a page is handed on; on request give it a short name.

    Raises:
        NotSharableError: The address is not that of a page of this municipality.
    """
    path = _path(request)
    if request.method == "POST":
        actions.shorten(request.tenant, path, actor=actor_of(request))
        return redirect(f"{request.path}?{urlencode({'seite': _local(request, path)})}")
    code = queries.read_short_code(request.tenant, path)
    link = _absolute(request, _local(request, path))
    short = _absolute(request, _short(request, code)) if code else ""
    context = {
        "page_url": _local(request, path),
        "link": link,
        "short": short,
        "picture": mark_safe(_drawn(short or link)),  # noqa: S308 (drawn by figures)
        "picture_url": f"{reverse('municipalities:share_qr', kwargs=_town(request))}"
        f"?{urlencode({'seite': _local(request, path)})}",
    }
    return render_page(request, "municipalities/share.html", context)


@needs("read")
@require_safe
def qr(request: Any) -> HttpResponse:
    """Return the QR code of a page as a file, for posters and papers.

    Raises:
        NotSharableError: The address is not that of a page of this municipality.
    """
    path = _path(request)
    code = queries.read_short_code(request.tenant, path)
    local = _short(request, code) if code else _local(request, path)
    answer = HttpResponse(_drawn(_absolute(request, local)), content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="qr-{code or request.tenant.slug}.svg"'
    return answer


@needs("read")
@require_safe
def follow(request: Any, code: str) -> HttpResponse:
    """Lead from a short name to its page; that page asks for itself who may see it."""
    return redirect(_local(request, queries.read_short_path(request.tenant, code)))


def _path(request: Any) -> str:
    given = request.POST if request.method == "POST" else request.GET
    address = str(given.get("seite", f"/{request.tenant.slug}/"))
    path = path_within(address, request.tenant.slug, LANGUAGES)
    if not path:
        raise NotSharableError
    return path


def _town(request: Any) -> dict[str, str]:
    return {"mandant": request.tenant.slug}


def _local(request: Any, path: str) -> str:
    """Return the address on this server, in the language of the reader."""
    return reverse("municipalities:home", kwargs=_town(request)) + path.removeprefix("/")


def _short(request: Any, code: str) -> str:
    with override(settings.LANGUAGE_CODE):
        return reverse("municipalities:short_link", kwargs={**_town(request), "code": code})


def _absolute(request: HttpRequest, local: str) -> str:
    root = str(settings.MEHRWERT.public_url or request.build_absolute_uri("/")).rstrip("/")
    return root + local


def _drawn(link: str) -> str:
    return qr_code(link, title=gettext("QR-Code des Links"))
