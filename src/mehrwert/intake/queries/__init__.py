"""Everything that reads in the room. The scope of the municipality is open already."""

from .codecs import (
    DeviceType,
    list_codecs,
    list_device_types,
    read_active_codec,
    read_library_fields,
)
from .devices import (
    count_unknown,
    list_by_key,
    list_devices,
    list_unknown,
    list_unknown_of_source,
    read_things,
)
from .sources import (
    SourceGrant,
    cached_source,
    count_sources,
    forget_sources,
    list_every_source,
    list_sources,
    read_source_by_key,
)
from .trying import try_binding

__all__ = [
    "DeviceType",
    "SourceGrant",
    "cached_source",
    "count_sources",
    "count_unknown",
    "forget_sources",
    "list_by_key",
    "list_codecs",
    "list_device_types",
    "list_devices",
    "list_every_source",
    "list_sources",
    "list_unknown",
    "list_unknown_of_source",
    "read_active_codec",
    "read_library_fields",
    "read_source_by_key",
    "read_things",
    "try_binding",
]
