"""Doors of the shell: the choice of light and dark."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mehrwert.base.context import THEME_COOKIE, THEMES

YEAR_S = 365 * 24 * 3600


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
