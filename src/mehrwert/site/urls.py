"""All routes. Global pages first, then the rooms' pages under ``/<mandant>/``."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    *i18n_patterns(
        path("", include("mehrwert.base.urls")),
        path("", include("mehrwert.municipalities.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "mehrwert.base.http_errors.bad_request"
handler403 = "mehrwert.base.http_errors.forbidden"
handler404 = "mehrwert.base.http_errors.not_found"
handler500 = "mehrwert.base.http_errors.server_error"
