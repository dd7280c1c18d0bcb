"""What subscribers are told: an event → topics with whole entities, read when they are sent."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from django.conf import settings

from mehrwert.base.errors import NotFoundError
from mehrwert.municipalities.queries import read_tenant_by_id
from mehrwert.observations.events import DatastreamNews, EntityChanged, ReadingsEvent
from mehrwert.observations.queries import (
    Select,
    Step,
    UnknownPathError,
    list_changed,
    read_protections,
    read_protections_of,
    run_select,
)
from mehrwert.observations.queries.tree import Both, Compare, Expression, Number, OneOf, Path

from ..mapping import BY_KIND, EntityType, Row, show
from .queue import News
from .settings import root_of
from .topics import topic_root

PAGE = 1_000
Telling = tuple[str, bytes]
_OBSERVATION = BY_KIND["observation"]


@dataclass(frozen=True, slots=True)
class _Place:
    """A municipality as messages name it."""

    tenant_id: int
    slug: str
    root: str


def messages_of(news: News) -> Iterator[Telling]:
    """Yield topic and payload of everything an event tells; nothing if it is gone meanwhile."""
    try:
        slug = read_tenant_by_id(news.tenant_id).slug
    except NotFoundError:
        return
    place = _Place(news.tenant_id, slug, root_of(slug))
    if isinstance(news.event, EntityChanged):
        yield from _of_entity(place, news.event)
    elif isinstance(news.event, ReadingsEvent):
        yield from _of_readings(place, news.event)


def _of_entity(place: _Place, event: EntityChanged) -> Iterator[Telling]:
    protections = read_protections_of(place.tenant_id, event.kind, event.entity_id)
    begin = topic_root(place.slug, protections)
    if begin is None:
        return
    entity = BY_KIND[event.kind]
    try:
        step = Step(event.kind, None, event.entity_id)
        result = run_select(Select(place.tenant_id, (step,)))
    except UnknownPathError:
        return
    payload = _payload(place, entity, result.rows[0])
    yield f"{begin}/{entity.set_name}", payload
    yield f"{begin}/{entity.set_name}({event.entity_id})", payload


def _of_readings(place: _Place, event: ReadingsEvent) -> Iterator[Telling]:
    known = read_protections(place.tenant_id, [news.datastream_id for news in event.datastreams])
    everywhere = settings.MEHRWERT.mqtt_all_observations
    for news in event.datastreams:
        if news.datastream_id not in known:
            continue
        begin = topic_root(place.slug, {known[news.datastream_id]})
        if begin is None:
            continue
        for row in _rows(place, news):
            payload = _payload(place, _OBSERVATION, row)
            yield f"{begin}/Datastreams({news.datastream_id})/Observations", payload
            if everywhere:
                yield f"{begin}/Observations", payload
                yield f"{begin}/Observations({row[0]})", payload


def _rows(place: _Place, news: DatastreamNews) -> Iterator[Row]:
    """Yield the readings of one piece of news, a page at a time."""
    steps = (
        Step("datastream", None, news.datastream_id),
        Step("observation", "observations"),
    )
    for condition in _conditions(place, news):
        after = None
        while True:
            select = Select(place.tenant_id, steps, top=PAGE, filter=condition, after=after)
            try:
                result = run_select(select)
            except UnknownPathError:
                return
            yield from result.rows
            after = result.next_key
            if after is None:
                break


def _conditions(place: _Place, news: DatastreamNews) -> Iterator[Expression]:
    """Yield conditions on ``seq``: the range, or what of it was changed if it has gaps."""
    first, last = news.first_seq, news.last_seq
    seq = Path("seq")
    if last - first + 1 == news.n:
        yield Both((Compare("ge", seq, Number(first)), Compare("le", seq, Number(last))))
        return
    while first <= last:
        changed = list_changed(place.tenant_id, news.datastream_id, first, last, PAGE // 2)
        if not changed:
            return
        yield OneOf(seq, tuple(Number(one) for one in changed))
        first = changed[-1] + 1


def _payload(place: _Place, entity: EntityType, row: Row) -> bytes:
    return msgspec.json.encode(show(place.root, entity, row))
