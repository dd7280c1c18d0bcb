"""Routes below ``/v1/``."""

from django.urls import path

from . import api, api_webhooks, api_writing

app_name = "software_catalog"

urlpatterns = [
    path("status", api.status, name="status"),
    path("software", api.software_list, name="software_list"),
    path(
        "software/webhooks", api_webhooks.webhooks, {"kind": "software"}, name="all_software_hooks"
    ),
    path(
        "software/<str:identity>/webhooks",
        api_webhooks.webhooks,
        {"kind": "software"},
        name="software_hooks",
    ),
    path("webhooks/<str:identity>", api_webhooks.webhook, name="webhook"),
    path("webhooks/<str:identity>/deliveries", api_webhooks.deliveries, name="deliveries"),
    path("software/<str:identity>", api_writing.software, name="software"),
    path("software/<str:identity>/analysis", api.software_analysis, name="software_analysis"),
    path("software/<str:identity>/logs", api.software_logs, name="software_logs"),
    path("logs", api.logs, name="logs"),
    path("publishers", api.publisher_list, name="publisher_list"),
    path(
        "publishers/webhooks",
        api_webhooks.webhooks,
        {"kind": "publishers"},
        name="all_publisher_hooks",
    ),
    path(
        "publishers/<str:identity>/webhooks",
        api_webhooks.webhooks,
        {"kind": "publishers"},
        name="publisher_hooks",
    ),
    path("publishers/<str:identity>", api.publisher, name="publisher"),
    path("catalogs", api.catalogue_list, name="catalogue_list"),
    path("catalogs/<str:identity>", api.catalogue, name="catalogue"),
    path("catalogs/<str:identity>/<str:part>", api.catalogue_part, name="catalogue_part"),
    path("<path:rest>", api.nothing, name="nothing"),
]
