"""Rounds as pages and files say them: lines, a table, a route in GPX 1.1."""

from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from mehrwert.alerts.choices import SCOPE_LABELS, TASK_LABELS, PlanScope, TaskKind
from mehrwert.alerts.models import Task, TaskPlan, TaskStop
from mehrwert.alerts.presenting import address
from mehrwert.alerts.wording import amount, clock_text
from mehrwert.observations.access import tenant_of

GPX = "http://www.topografix.com/GPX/1/1"
STOP_COLUMNS = ("Nr.", "Ort", "Breite", "Länge", "Stand", "erledigt am", "erledigt von")


def task_line(request: HttpRequest, task: Task) -> dict[str, Any]:
    """Return one round for a list; ``task`` comes from ``queries.list_tasks``."""
    return {
        "title": task.title,
        "kind": kind_of(task.kind),
        "url": address(request, "task", task_id=task.pk),
        "raised_us": task.raised_us,
        "closed_us": task.closed_us,
        "closed_by": task.closed_by,
        "n_stops": task.n_stops,  # type: ignore[attr-defined]
        "n_left": task.n_left,  # type: ignore[attr-defined]
        "way": way_text(task),
    }


def plan_line(request: HttpRequest, plan: TaskPlan) -> dict[str, Any]:
    """Return one plan for a list; ``plan`` comes from ``queries.list_plans``."""
    return {
        "title": plan.title,
        "kind": kind_of(plan.kind),
        "scope": gettext(SCOPE_LABELS[PlanScope(plan.scope)]),
        "n_rules": plan.n_rules,  # type: ignore[attr-defined]
        "url": address(request, "plan_edit", plan_id=plan.pk),
        "raise_url": address(request, "plan_raise", plan_id=plan.pk),
    }


def stop_line(request: HttpRequest, number: int, stop: TaskStop) -> dict[str, Any]:
    """Return one place of a round with why one goes there and how it stands."""
    kwargs = {"mandant": tenant_of(request).slug, "thing_id": stop.thing_id}
    has_place = stop.lon is not None and stop.lat is not None
    return {
        "number": number,
        "name": stop.name,
        "thing_url": reverse("observations:thing", kwargs=kwargs),
        "tick_url": address(request, "stop_tick", task_id=stop.task_id, stop_id=stop.pk),
        "why": stop.alert.title if stop.alert else "",
        "alert_url": address(request, "alert", alert_id=stop.alert_id) if stop.alert_id else "",
        "geo": f"geo:{stop.lat:.5f},{stop.lon:.5f}" if has_place else "",
        "state": stop_state(stop),
        "done_us": stop.done_us,
        "done_by": stop.done_by,
        "is_done": stop.done_us is not None,
        "is_dropped": stop.dropped_us is not None and stop.done_us is None,
    }


def stop_state(stop: TaskStop) -> str:
    """Return how a place stands, in a word or two."""
    if stop.done_us is not None:
        return gettext("erledigt")
    return gettext("nicht mehr nötig") if stop.dropped_us is not None else gettext("offen")


def kind_of(kind: str) -> str:
    """Return what a round is for."""
    return gettext(TASK_LABELS[TaskKind(kind)])


def way_text(task: Task) -> str:
    """Return the length of the way, rounded as people say it; empty when unknown."""
    if task.distance_m is None:
        return ""
    if task.distance_m < 1_000:
        return gettext("%(way)s Luftlinie") % {"way": amount(round(task.distance_m, -1), "m")}
    kilometres = amount(round(task.distance_m / 1_000, 1), "km")
    return gettext("%(way)s Luftlinie") % {"way": kilometres}


def stop_rows(stops: Iterable[TaskStop]) -> list[tuple[Any, ...]]:
    """Return the places as rows of ``STOP_COLUMNS``."""
    return [
        (
            number,
            stop.name,
            "" if stop.lat is None else stop.lat,
            "" if stop.lon is None else stop.lon,
            stop_state(stop),
            clock_text(stop.done_us) if stop.done_us else "",
            stop.done_by,
        )
        for number, stop in enumerate(stops, 1)
    ]


def to_gpx(task: Task, stops: Iterable[TaskStop]) -> bytes:
    """Return the places that are left as a route in GPX 1.1, from the start and back to it."""
    ET.register_namespace("", GPX)
    root = ET.Element(f"{{{GPX}}}gpx", version="1.1", creator="Mehrwert")
    route = ET.SubElement(root, f"{{{GPX}}}rte")
    ET.SubElement(route, f"{{{GPX}}}name").text = task.title
    start = (task.start_lon, task.start_lat, task.start_name or gettext("Anfang"))
    left = [
        (stop.lon, stop.lat, stop.name)
        for stop in stops
        if stop.done_us is None and stop.dropped_us is None
    ]
    for lon, lat, name in (start, *left, *([start] if task.returns else [])):
        if lon is not None and lat is not None:
            point = ET.SubElement(route, f"{{{GPX}}}rtept", lat=f"{lat:.6f}", lon=f"{lon:.6f}")
            ET.SubElement(point, f"{{{GPX}}}name").text = name
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text
