"""What the room shows on pages of others."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.queries import read_cost_range, read_root
from mehrwert.evidence import presenting, queries


def solution(request: HttpRequest, obj: Solution) -> tuple[str, dict[str, Any]] | None:
    """Show on the page of a solution what was found, indicator by indicator (EVI-184).

    Nothing found: the page itself says „keine Messung“.
    """
    root, is_demo = read_root(obj.pk)
    keys = queries.list_pools_of(root, is_demo=is_demo) if root else []
    if not keys:
        return None
    cost = read_cost_range(obj.pk)
    lines = []
    for findings, found in queries.compute_pools(keys).values():
        if not findings:
            continue
        per_head = cost.median if cost else None
        shown = presenting.show(findings, found, cost=per_head) if found else None
        url = reverse("evidence:pool", kwargs={"finding_id": findings[0].pk})
        lines.append({"first": findings[0], "shown": shown, "url": url})
    return "evidence/panel_solution.html", {"lines": lines, "is_demo": is_demo}
