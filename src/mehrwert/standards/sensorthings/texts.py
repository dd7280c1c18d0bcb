"""Entities as JSON text: the bytes that ``rendering`` would give, without dictionaries of pages.

How an entity looks depends on its row alone. So the text of a row is remembered by its content:
whoever watches a dashboard sees the same things and series again and again, and a row that has
changed is another key. Readings, which are many and new, are written directly.
"""

from dataclasses import dataclass
from functools import lru_cache

import msgspec

from mehrwert.observations.queries import Branch, Level

from .mapping import BY_KIND, EntityType, Row, number, show
from .options import Expansion, Options, Selection, next_query_start
from .rendering import lean
from .times import format_instant, format_time

# about 2 kB each
MOST_KEPT = 4_096
_NO_EXTRAS = (None, None, None, None)


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for all entities of an answer.

    Args:
        start: The root as it stands in JSON.
        metadata: Which links are shown, as in ``Options``.
    """

    root: str
    start: str
    metadata: str


def entities_json(
    root: str, entity: EntityType, rows: list[Row], options: Options, levels: tuple[Level, ...]
) -> bytes:
    """Return the JSON array of a page with all that is expanded below it."""
    texts = _texts(_frame(root, options), entity, rows, options, levels)
    return f"[{','.join(texts)}]".encode()


def entity_json(
    root: str, entity: EntityType, row: Row, options: Options, levels: tuple[Level, ...]
) -> bytes:
    """Return one entity with all that is expanded below it."""
    return _texts(_frame(root, options), entity, [row], options, levels)[0].encode()


def _frame(root: str, options: Options) -> Frame:
    return Frame(root, msgspec.json.encode(root)[1:-1].decode(), options.metadata)


def _texts(
    frame: Frame,
    entity: EntityType,
    rows: list[Row],
    options: Options,
    levels: tuple[Level, ...],
) -> list[str]:
    """Return the text of each row."""
    root, metadata, chosen = frame.root, frame.metadata, options.chosen
    if entity.kind == "observation" and not levels and chosen is None and metadata == "full":
        return _readings(frame, rows)
    hidden = tuple(expansion.nav for expansion in options.expand)
    heads = [_head(root, entity.kind, hidden, chosen, metadata, row) for row in rows]
    if not levels:
        return [head + "}" for head in heads]
    below = [
        _expanded(frame, entity, rows, expansion, level)
        for expansion, level in zip(options.expand, levels, strict=True)
    ]
    return [
        f"{head}{'' if head == '{' else ','}{','.join(parts)}}}"
        for head, *parts in zip(heads, *below, strict=True)
    ]


@lru_cache(maxsize=MOST_KEPT)
def _head(
    root: str,
    kind: str,
    hidden: tuple[str, ...],
    chosen: Selection | None,
    metadata: str,
    row: Row,
) -> str:
    """Return an entity without links to what is expanded and without its closing brace."""
    shown = show(root, BY_KIND[kind], row, chosen)
    for nav in hidden:
        shown.pop(f"{nav}@iot.navigationLink", None)
    return msgspec.json.encode(lean(shown, metadata))[:-1].decode()


def _expanded(
    frame: Frame,
    entity: EntityType,
    rows: list[Row],
    expansion: Expansion,
    level: Level,
) -> list[str]:
    """Return for each row the member that stands in the place of the link to a relation."""
    nav = expansion.nav
    known = _known(frame, expansion, level)
    if level.position is not None:
        at = level.position
        return [f'"{nav}":{known.get(row[at], "null")}' for row in rows]
    before = f'"{nav}@iot.nextLink":"{frame.start}/{entity.set_name}('
    after = f")/{nav}?{next_query_start(expansion.options)}"
    nothing = Branch()
    texts = []
    for row in rows:
        branch = level.branches.get(row[0], nothing)
        text = f'"{nav}":[{",".join([known[child[0]] for child in branch.rows])}]'
        if branch.count is not None:
            text = f'"{nav}@iot.count":{branch.count},{text}'
        if branch.next_key is not None:
            text = f'{text},{before}{row[0]}{after}{msgspec.json.encode(branch.next_key).hex()}"'
        texts.append(text)
    return texts


def _known(frame: Frame, expansion: Expansion, level: Level) -> dict[int, str]:
    """Return the text of every related entity once, however many parents it has."""
    rows = list({row[0]: row for branch in level.branches.values() for row in branch.rows}.values())
    entity = BY_KIND[level.kind]
    texts = _texts(frame, entity, rows, expansion.options, level.levels)
    return dict(zip([row[0] for row in rows], texts, strict=True))


def _readings(frame: Frame, rows: list[Row]) -> list[str]:
    entity, begin = BY_KIND["observation"], f"{frame.start}/Observations("
    texts: list[str] = []
    for row in rows:
        if row[6:10] != _NO_EXTRAS:
            texts.append(msgspec.json.encode(show(frame.root, entity, row)).decode())
            continue
        row_id, time, duration, value, text, result_time = row[:6]
        about = format_instant(time) if duration is None else format_time(time, time + duration)
        made = "null" if result_time is None else f'"{format_instant(result_time)}"'
        if text is None:
            text = "null" if value is None else msgspec.json.encode(number(value)).decode()
        link = f"{begin}{row_id})"
        texts.append(
            f'{{"@iot.id":{row_id},"@iot.selfLink":"{link}","phenomenonTime":"{about}",'
            f'"resultTime":{made},"result":{text},'
            f'"Datastream@iot.navigationLink":"{link}/Datastream",'
            f'"FeatureOfInterest@iot.navigationLink":"{link}/FeatureOfInterest"}}'
        )
    return texts
