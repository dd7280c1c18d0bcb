"""What the room shows on pages of others."""

from typing import Any

from mehrwert.connectors.mqtt.models import Binding
from mehrwert.connectors.mqtt.rules.definition import VALUES
from mehrwert.intake.models import Source


def source(request: Any, obj: Source) -> tuple[str, dict[str, Any]] | None:
    """Show on the page of a source how its binding listens and what counts."""
    row = Binding.objects.select_related("source").filter(source=obj).first()
    if row is None:
        return None
    definition = row.definition
    return "mqtt/panel.html", {
        "binding": row,
        "source": obj,
        "tenant": request.tenant,
        "definition": definition,
        "is_values": definition["content"] == VALUES,
        "values": definition.get("values", []),
        "time_at": (definition.get("time") or {}).get("at", ""),
        "may_change": not obj.ended_us,
    }
