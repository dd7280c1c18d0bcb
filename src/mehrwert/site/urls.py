"""All routes. Global pages first, then the rooms' pages under ``/<mandant>/``."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from mehrwert.accounts.urls import callback_patterns, sign_in_patterns

urlpatterns: list[URLPattern | URLResolver] = [
    *callback_patterns,
    path("dcat/", include("mehrwert.standards.dcat_ap.urls")),
    path("publiccode/", include("mehrwert.standards.publiccode.urls")),
    path("api/v1/repositories/", include("mehrwert.connectors.repositories.urls_open")),
    path("v1/", include("mehrwert.standards.software_catalog.urls")),
    *i18n_patterns(
        path("", include("mehrwert.base.urls")),
        path("", include("mehrwert.accounts.urls")),
        path("", include(sign_in_patterns)),
        path("betrieb/sms/", include("mehrwert.alerts.urls_operate")),
        path("demo/", include("mehrwert.demo.urls")),
        path("belege/", include("mehrwert.evidence.urls")),
        path("rueckschau/", include("mehrwert.evaluation.urls_open")),
        path("pakete/", include("mehrwert.starters.urls_open")),
        path("", include("mehrwert.catalogue.urls")),
        path("", include("mehrwert.municipalities.urls")),
        path("<slug:mandant>/meldungen/", include("mehrwert.alerts.urls")),
        path(
            "<slug:mandant>/loesungen/quelltext/",
            include("mehrwert.connectors.repositories.urls"),
        ),
        path("<slug:mandant>/loesungen/", include("mehrwert.catalogue.urls_own")),
        path(
            "<slug:mandant>/loesungen/publiccode/",
            include("mehrwert.standards.publiccode.urls_own"),
        ),
        path("<slug:mandant>/daten/einlesen/", include("mehrwert.connectors.table_files.urls")),
        path("<slug:mandant>/daten/quellen/abruf/", include("mehrwert.connectors.pulls.urls")),
        path("<slug:mandant>/daten/quellen/mqtt/", include("mehrwert.connectors.mqtt.urls")),
        path("<slug:mandant>/bewertung/", include("mehrwert.evaluation.urls")),
        path("<slug:mandant>/pakete/", include("mehrwert.starters.urls")),
        path("<slug:mandant>/phase/", include("mehrwert.provision.urls")),
        path("<slug:mandant>/sperrungen/", include("mehrwert.geodata.urls")),
        path("<slug:mandant>/daten/geraete/", include("mehrwert.intake.urls")),
        path("<slug:mandant>/daten/", include("mehrwert.observations.urls")),
        path("<slug:mandant>/vorhaben/", include("mehrwert.portfolio.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "mehrwert.base.http_errors.bad_request"
handler403 = "mehrwert.base.http_errors.forbidden"
handler404 = "mehrwert.base.http_errors.not_found"
handler429 = "mehrwert.accounts.views.me.too_many_requests"  # asked for by allauth
handler500 = "mehrwert.base.http_errors.server_error"
