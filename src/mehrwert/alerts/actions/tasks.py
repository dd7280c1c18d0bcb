"""Rounds: raised by rules or by hand, put in order, ticked off place by place, closed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from mehrwert.alerts.actions.maintained import finish_visited
from mehrwert.alerts.choices import PlanScope
from mehrwert.alerts.errors import NothingToDoError, TaskClosedError
from mehrwert.alerts.events import TaskRaised
from mehrwert.alerts.models import Alert, AlertRule, Task, TaskPlan, TaskStop
from mehrwert.alerts.rules import order_round
from mehrwert.base.actions import emit, publish_live, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.observations import queries as observations
from mehrwert.observations.errors import UnknownEntityError
from mehrwert.observations.queries import ThingRow

TOPIC = "tasks"


@dataclass(frozen=True, slots=True)
class _Visit:
    """One place to go to, and why."""

    thing: ThingRow
    alert: Alert | None


def follow_up(rule: AlertRule, alert: Alert) -> None:
    """Put what a rule asks for into the open round of its plan; begin a round if there is none.

    Bears being called twice: a place stands in a round once.
    """
    if rule.plan_id is None:
        return
    plan = TaskPlan.objects.select_for_update().get(pk=rule.plan_id)
    _put_into_round(plan, _visits(plan, [alert]))


def visit_thing(plan: TaskPlan, thing_id: int) -> bool:
    """Put a thing that needs maintenance into the open round of a plan, which is locked.

    Say whether there is such a thing.
    """
    try:
        thing = observations.read_thing(plan.tenant_id, thing_id)
    except UnknownEntityError:
        return False
    task = _put_into_round(plan, [_Visit(thing, None)])
    TaskStop.objects.filter(task=task, thing_id=thing_id).update(**NOT_DONE)
    return True


def let_go(alert: Alert) -> None:
    """Drop the places to which one would only have gone for an alert that is over.

    A round to all places of its plan stays: gritting is due even if the thermometer has recovered.
    """
    waiting = TaskStop.objects.filter(alert=alert, done_us=None, dropped_us=None)
    for stop in waiting.select_related("task__plan"):
        plan = stop.task.plan
        if plan is not None and plan.scope == PlanScope.WHERE_MEASURED.value:
            TaskStop.objects.filter(pk=stop.pk).update(dropped_us=now_us())
            _close_if_all_is_done(stop.task_id, "")


def raise_task(plan: TaskPlan, *, actor: Actor) -> Task:
    """Begin a round by hand, or add to the open one: to all places, or where a rule is met now.

    Raises:
        NothingToDoError: There is no place to go to.
    """
    with transaction.atomic():
        locked = TaskPlan.objects.select_for_update().get(pk=plan.pk)
        met = Alert.objects.filter(rule__plan=locked, ended_us=None).order_by("pk")
        visits = _visits(locked, list(met))
        if not visits:
            raise NothingToDoError
        task = _put_into_round(locked, visits)
        _audit(task, actor, "create", after={"stops": len(visits)})
    return task


def tick(stop: TaskStop, *, is_done: bool, actor: Actor) -> None:
    """Note that somebody was there, or take that back. The last one to do closes the round.

    Raises:
        TaskClosedError: The round is closed and nothing is to be taken back.
    """
    with transaction.atomic():
        task = Task.objects.select_for_update().get(pk=stop.task_id)
        if task.closed_us is not None and is_done:
            raise TaskClosedError
        values = {"done_us": now_us(), "done_by": actor.label[:200]} if is_done else NOT_DONE
        TaskStop.objects.filter(pk=stop.pk, done_us__isnull=is_done).update(**values)
        _audit(task, actor, "done" if is_done else "undone", after={"place": stop.name})
        if is_done:
            finish_visited(stop, task.plan, actor=actor)
            _close_if_all_is_done(task.pk, actor.label)
        elif task.closed_us is not None:
            _open_again(task)
        publish_live(task.tenant_id, TOPIC, {"task": task.pk})


def close_task(task: Task, *, actor: Actor) -> None:
    """End a round; what was not done stays written as not done."""
    with transaction.atomic():
        closed = Task.objects.filter(pk=task.pk, closed_us=None).update(
            closed_us=now_us(), closed_by=actor.label[:200]
        )
        if closed:
            _audit(task, actor, "close")


def order_rounds() -> int:
    """Put rounds whose places changed into a sensible order; return how many.

    What is done stays in front. Places whose position is unknown come last.
    """
    changed = Task._base_manager.filter(is_ordered=False, closed_us=None)
    pairs = list(changed.order_by("pk").values_list("pk", "tenant_id"))
    for pk, tenant_id in pairs:
        with tenant_scope(tenant_id), transaction.atomic():
            _order(Task.objects.select_for_update().get(pk=pk))
    return len(pairs)


NOT_DONE = {"done_us": None, "done_by": "", "dropped_us": None}


def _visits(plan: TaskPlan, alerts: Iterable[Alert]) -> list[_Visit]:
    """Return where a round goes; places and series that were deleted are left out."""
    found = {}
    for alert in alerts:
        thing = _thing_of(alert)
        if thing is not None:
            found[thing.id] = _Visit(thing, alert)
    if plan.scope == PlanScope.WHERE_MEASURED.value:
        return list(found.values())
    known = {thing.id: thing for thing in observations.list_things(plan.tenant_id)}
    reason = next((visit.alert for visit in found.values()), None)
    return [_Visit(known[i], reason) for i in plan.thing_ids if i in known]


def _thing_of(alert: Alert) -> ThingRow | None:
    try:
        series = observations.read_datastream(alert.tenant_id, alert.datastream_id)
        return observations.read_thing(alert.tenant_id, series.thing_id)
    except UnknownEntityError:
        return None


def _put_into_round(plan: TaskPlan, visits: list[_Visit]) -> Task:
    task, is_new = Task.objects.get_or_create(
        plan=plan,
        closed_us=None,
        defaults={
            **{name: getattr(plan, name) for name in COPIED},
            "tenant_id": plan.tenant_id,
            "raised_us": now_us(),
        },
    )
    known = {stop.thing_id: stop for stop in _stops(task)}
    for visit in visits:
        _put_stop(task, known.get(visit.thing.id), visit, len(known))
    Task.objects.filter(pk=task.pk).update(is_ordered=False)
    if is_new:
        told = TaskRaised(task.pk, plan.pk, plan.kind, len(visits))
        emit(told, tenant_id=plan.tenant_id)
    publish_live(plan.tenant_id, TOPIC, {"task": task.pk})
    return task


COPIED = ("title", "kind", "advice", "start_name", "start_lon", "start_lat", "returns")


def _put_stop(task: Task, known: TaskStop | None, visit: _Visit, n_known: int) -> None:
    """Add a place; one that was ticked off for an earlier alert is to be done once more."""
    if known is None:
        TaskStop.objects.create(
            tenant_id=task.tenant_id,
            task=task,
            thing_id=visit.thing.id,
            place=n_known,
            name=visit.thing.name[:255],
            lon=visit.thing.lon,
            lat=visit.thing.lat,
            alert=visit.alert,
        )
    elif visit.alert is not None and known.alert_id != visit.alert.pk:
        TaskStop.objects.filter(pk=known.pk).update(alert=visit.alert, **NOT_DONE)


def _stops(task: Task) -> "QuerySet[TaskStop]":
    return TaskStop.objects.filter(task=task).order_by("place", "pk")


def _order(task: Task) -> None:
    stops = list(_stops(task))
    over = [stop for stop in stops if stop.done_us is not None or stop.dropped_us is not None]
    left = [stop for stop in stops if stop.done_us is None and stop.dropped_us is None]
    placed = [stop for stop in left if _is_placed(stop)]
    lost = [stop for stop in left if not _is_placed(stop)]
    depot = None
    if task.start_lon is not None and task.start_lat is not None:
        depot = (task.start_lon, task.start_lat)
    done = [s for s in over if s.done_us is not None and _is_placed(s)]
    last = max(done, key=lambda s: s.done_us or 0, default=None)
    start = depot if last is None else (last.lon or 0.0, last.lat or 0.0)
    places = [(stop.lon or 0.0, stop.lat or 0.0) for stop in placed]
    route = order_round(places, start, depot if task.returns else None)
    for place, stop in enumerate([*over, *(placed[i] for i in route.order), *lost]):
        if stop.place != place:
            TaskStop.objects.filter(pk=stop.pk).update(place=place)
    is_way = len(placed) + (start is not None) > 1
    task.is_ordered, task.distance_m = True, round(route.distance_m) if is_way else None
    task.save(update_fields=["is_ordered", "distance_m"])


def _is_placed(stop: TaskStop) -> bool:
    return stop.lon is not None and stop.lat is not None


def _close_if_all_is_done(task_id: int, by: str) -> None:
    if TaskStop.objects.filter(task_id=task_id, done_us=None, dropped_us=None).exists():
        return
    Task.objects.filter(pk=task_id, closed_us=None).update(closed_us=now_us(), closed_by=by[:200])


def _open_again(task: Task) -> None:
    """Open a round again, unless its plan has begun another one since."""
    if task.plan_id and Task.objects.filter(plan_id=task.plan_id, closed_us=None).exists():
        raise TaskClosedError
    Task.objects.filter(pk=task.pk).update(closed_us=None, closed_by="", is_ordered=False)


def _audit(task: Task, actor: Actor, verb: str, **values: dict[str, str | int]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="task",
        object_id=task.pk,
        label=task.title,
        tenant_id=task.tenant_id,
        **values,
    )
