"""Doors of the shell: light and dark, help, legal pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from mehrwert.base.accessibility import read_report
from mehrwert.base.context import THEME_COOKIE, THEMES
from mehrwert.base.errors import NotFoundError
from mehrwert.base.glossary import GLOSSARY
from mehrwert.base.http import render_page
from mehrwert.base.prose import render_prose
from mehrwert.base.queries import read_legal

YEAR_S = 365 * 24 * 3600
LEGAL_PAGES = ("impressum", "datenschutz", "barrierefreiheit")


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or automatic on this device and return to the page."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    theme = request.POST.get("theme", "auto")
    if theme in THEMES:
        secure = bool(settings.SESSION_COOKIE_SECURE)
        response.set_cookie(
            THEME_COOKIE, theme, max_age=YEAR_S, samesite="Lax", httponly=True, secure=secure
        )
    return response


@require_safe
def legal(request: HttpRequest, page: str) -> HttpResponse:
    """Show a legal page: the installation's own text, else our draft that names what is missing."""
    if page not in LEGAL_PAGES:
        raise NotFoundError
    written = read_legal(page)
    body = render_prose(written.text) if written and written.text else ""
    context = {"written": written, "body": body, "page": page}
    return render_page(request, f"base/legal/{page}.html", context)


@require_safe
def accessibility_report(request: HttpRequest) -> HttpResponse:
    """Show what was tested on which page and what was found, for everybody."""
    return render_page(request, "base/legal/report.html", {"report": read_report()})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Say how one gets along here, and what the words mean."""
    return render_page(request, "base/help.html", {"words": GLOSSARY})
