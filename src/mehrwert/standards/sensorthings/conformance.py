"""What of the standard is met, as the root document says it.

Only what ``tests/conformance/sensorthings`` proves; table: ``docs/standards/sensorthings.md``.
"""

REQUIREMENTS = "http://www.opengis.net/spec/iot_sensing/1.1/req"
EXTENSIONS = (
    "https://github.com/mehrwert-plattform/mehrwert/blob/main/docs/standards/sensorthings.md#"
)
_ENTITIES = (
    *("thing", "location", "historical-location", "datastream", "sensor"),
    *("observed-property", "observation", "feature-of-interest"),
)
_MET = (
    "datamodel/entity-control-information/common-control-information",
    *(f"datamodel/{entity}/{part}" for entity in _ENTITIES for part in ("properties", "relations")),
    "resource-path/resource-path-to-entities",
    *(
        f"request-data/{name}"
        for name in (
            *("order", "expand", "select", "status-code", "query-status-code", "orderby", "top"),
            *("skip", "count", "filter", "built-in-filter-operations"),
            *("built-in-query-functions", "pagination"),
        )
    ),
    *(
        f"create-update-delete/{name}"
        for name in (
            *("create-entity", "link-to-existing-entities", "deep-insert"),
            *("deep-insert-status-code", "update-entity", "update-entity-put"),
            *("update-entity-jsonpatch", "delete-entity"),
            *("historical-location-auto-creation", "historical-location-manual-creation"),
        )
    ),
    "batch-request/batch-request",
    "data-array/data-array",
)
_EXTENDED = (
    *("filter", "select", "csv", "geojson", "apply", "decimate", "json-batch"),
    *("asof", "resultmetadata"),
)
_WITH_BROKER = ("create-observations-via-mqtt/observations-creation",)

CONFORMANCE = (
    *(f"{REQUIREMENTS}/{name}" for name in _MET),
    *(f"{EXTENSIONS}{name}" for name in _EXTENDED),
)


def conformance(*, with_broker: bool) -> tuple[str, ...]:
    """Return what this installation meets."""
    if not with_broker:
        return CONFORMANCE
    return (*CONFORMANCE, *(f"{REQUIREMENTS}/{name}" for name in _WITH_BROKER))
