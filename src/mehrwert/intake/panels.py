"""What the room shows on pages of others."""

from typing import Any


def ways(request: Any, obj: object) -> tuple[str, dict[str, Any]]:
    """Lead from the data to devices and sources."""
    return "intake/parts/ways.html", {
        "tenant": request.tenant,
        "can_import": request.can("import_data"),
    }
