"""What the room shows on pages of others."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from mehrwert.geodata import presenting, queries

SHOWN = 3


def home(request: Any, obj: object) -> tuple[str, dict[str, Any]] | None:
    """Show on the start page what is closed today; to the phone desk also that nothing is."""
    today = timezone.localdate()
    rows = list(queries.list_closures("active", today)[: SHOWN + 1])
    if not rows and not request.can("answer_phone"):
        return None
    slug = request.tenant.slug
    return "geodata/parts/home.html", {
        "lines": [
            {
                **presenting.closure_line(row, today),
                "url": reverse("geodata:closure", kwargs={"mandant": slug, "closure_id": row.pk}),
            }
            for row in rows[:SHOWN]
        ],
        "has_more": len(rows) > SHOWN,
        "desk_url": reverse("geodata:desk", kwargs={"mandant": slug}),
        "list_url": reverse("geodata:closure_list", kwargs={"mandant": slug}),
    }
