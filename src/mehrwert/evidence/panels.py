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
    for key, (findings, found) in queries.compute_pools(keys).items():
        if not findings:
            continue
        per_head = cost.median if cost else None
        shown = presenting.show(findings, found, cost=per_head) if found else None
        first = findings[0]
        url = reverse("evidence:pool", kwargs={"finding_id": first.pk})
        line: dict[str, Any] = {"first": first, "shown": shown, "url": url}
        if shown:
            stored = queries.read_synthesis(key)
            line |= {
                "figure_id": f"abbildung-{first.pk}",
                "csv_url": f"{url}befunde.csv",
                "svg_url": f"{url}bild.svg",
                "figure": presenting.forest(findings, found, shown, key=f"wald-{first.pk}"),
                "rows": presenting.finding_rows(findings, found),
                "cite": presenting.cite(first, stored),
                "sources": [f"{row.municipality}: {row.evaluator}" for row in findings],
                "as_of": stored.made_us if stored else None,
            }
        lines.append(line)
    return "evidence/panel_solution.html", {"lines": lines, "is_demo": is_demo}
