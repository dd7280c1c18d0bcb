"""From a running setup to the files of a package: alike stations become one, limits parameters.

What belongs to the town stays behind: where a station stands, keys, recipients, names of stations
of which there are several, and mail addresses and telephone numbers in any text.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mehrwert.starters.rules.pieces import PLACE, slug_of

Clean = Callable[[str], str]
Row = dict[str, Any]
MONTH_S = 27 * 86_400
SHORTEST_S, LONGEST_S, USUAL_S = 60, 31_536_000, 3_600
MOST_PLACES = 100
NUMBERS = ("hysteresis", "window_s", "damage_value")
SAME = ("kind", "severity", "hold_s", "hysteresis", "window_s", "damage_value")


@dataclass(frozen=True, slots=True)
class SeriesFound:
    """One series as it runs; ``values`` are those of a row of ``series.yml`` without its key.

    ``fields`` says by which field a type of device fills it.
    """

    id: int
    values: Mapping[str, Any]
    instrument: str
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[Any, ...]:
        """Return what two series must share to be one of a package."""
        names = ("name", "property", "unit_symbol", "aggregation", "protection")
        return (*(self.values[name] for name in names), self.instrument)


@dataclass(frozen=True, slots=True)
class ThingFound:
    """One station as it runs, with its series."""

    id: int
    name: str
    description: str
    series: Sequence[SeriesFound]


@dataclass(frozen=True, slots=True)
class RuleFound:
    """One rule as it runs, on one series."""

    series_id: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlanFound:
    """The evaluation plan that goes along, and its indicator; it measures ``series_id``."""

    series_id: int
    indicator: Mapping[str, Any]
    plan: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that somebody chose, as it runs."""

    things: Sequence[ThingFound]
    rules: Sequence[RuleFound]
    plan: PlanFound
    layers: Sequence[tuple[int, Mapping[str, Any]]] = ()
    tasks: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Harvest:
    """Files of a package by kind of content, its parameters, and where each series went.

    ``places`` maps the id of a series to (key of the thing, key of the series, number of the
    place from 1, 0 without places); the sample data need it.
    """

    items: Mapping[str, Sequence[Row]]
    parameters: Mapping[str, Row]
    places: Mapping[int, tuple[str, str, int]]


class _Keys:
    """Gives out keys of the format that nobody has yet."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def make(self, name: str) -> str:
        """Return ``Bodenfeuchte (oben)`` as ``bodenfeuchte_oben``, with a number if taken."""
        plain = re.sub(r"^[^a-z]+", "", slug_of(name).replace("-", "_"))[:34] or "teil"
        self._taken[plain] += 1
        return plain if self._taken[plain] == 1 else f"{plain}_{self._taken[plain]}"


@dataclass(slots=True)
class _Work:
    """What grows while a package is gathered."""

    clean: Clean
    parameters: dict[str, Row] = field(default_factory=dict)
    places: dict[int, tuple[str, str, int]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    series: dict[tuple[Any, ...], Row] = field(default_factory=dict)
    keys: _Keys = field(default_factory=_Keys)
    series_keys: _Keys = field(default_factory=_Keys)


def harvest(found: Found, clean: Clean) -> Harvest:
    """Return the files and parameters of a package.

    Args:
        found: What was chosen.
        clean: Takes mail addresses and telephone numbers out of a text.
    """
    work = _Work(clean)
    things = [_thing(group, work) for group in _groups(found)]
    rules = list(_rules(found.rules, work))
    indicator = _indicator(found.plan, work)
    items = {
        "thing_type": things,
        "datastream_type": list(work.series.values()),
        "alert_rule": rules,
        "map_layer": list(_layers(found.layers, work)),
        "indicator": [indicator],
        "evaluation_plan": [{"key": "wirkung", "indicator": indicator["key"], **found.plan.plan}],
        "checklist": [
            {name: _clean_value(value, clean) for name, value in task.items() if value}
            for task in found.tasks
        ],
    }
    return Harvest({k: v for k, v in items.items() if v}, work.parameters, work.places)


def _groups(found: Found) -> list[list[ThingFound]]:
    """Return stations that are alike together; the one that the plan measures stands alone."""
    groups: dict[tuple[Any, ...], list[ThingFound]] = {}
    for thing in found.things:
        shape: tuple[Any, ...] = tuple(sorted(series.shape for series in thing.series))
        if any(series.id == found.plan.series_id for series in thing.series):
            shape = ("plan", thing.id)
        groups.setdefault(shape, []).append(thing)
    return list(groups.values())


def _thing(group: Sequence[ThingFound], work: _Work) -> Row:
    first, is_many = group[0], len(group) > 1
    row: Row = {"key": work.keys.make(first.series[0].instrument if is_many else first.name)}
    if is_many:
        row["each"] = _places(row["key"], first.series[0].instrument, len(group), work)
    row["name"] = PLACE if is_many else work.clean(first.name)
    said = work.clean(
        first.description.replace(first.name, PLACE) if is_many else first.description
    )
    row["description"] = said or row["name"]
    row["instrument"] = work.clean(first.series[0].instrument)
    devices = sorted({device for series in first.series for device in series.fields})
    if devices:
        row["devices"] = devices
    row["series"] = [_series(series, work) for series in first.series]
    for number, thing in enumerate(group, 1):
        by_shape = {series.shape: series.id for series in thing.series}
        for key, series in zip(row["series"], first.series, strict=True):
            there = by_shape[series.shape]
            work.places[there] = row["key"], key, number if is_many else 0
            work.names[there] = thing.name
    return row


def _places(key: str, instrument: str, n: int, work: _Work) -> str:
    name = f"orte_{key}"[:40]
    work.parameters[name] = {
        "type": "array",
        "title": f"Orte: {work.clean(instrument)}"[:160],
        "description": "Ein Name je Zeile.",
        "items": {"type": "string", "minLength": 2, "maxLength": 80},
        "minItems": 1,
        "maxItems": MOST_PLACES,
        "default": [f"Ort {number}" for number in range(1, n + 1)],
    }
    return name


def _series(series: SeriesFound, work: _Work) -> str:
    known = work.series.get(series.shape)
    if known is not None:
        return str(known["key"])
    values = {name: _clean_value(value, work.clean) for name, value in series.values.items()}
    interval = int(values.pop("interval_s") or USUAL_S)
    row: Row = {
        "key": work.series_keys.make(str(values["name"])),
        **{name: value for name, value in values.items() if value or name.startswith("unit_")},
        "interval_s": min(max(interval, SHORTEST_S), LONGEST_S),
    }
    if series.fields:
        row["fields"] = dict(series.fields)
    work.series[series.shape] = row
    return str(row["key"])


def _rules(rules: Sequence[RuleFound], work: _Work) -> Iterator[Row]:
    """Yield one rule for all places that have it; limits and silence become parameters."""
    keys = _Keys()
    seen: dict[tuple[Any, ...], tuple[str, str, dict[str, str], list[Mapping[str, Any]]]] = {}
    for rule in rules:
        place = work.places.get(rule.series_id)
        if place is None:
            continue
        thing, series, number = place
        named = work.names[rule.series_id]
        texts = {
            name: work.clean(
                rule.values[name].replace(named, PLACE) if number else rule.values[name]
            )
            for name in ("title", "advice")
        }
        same = (thing, series, *texts.values(), *(rule.values[name] for name in SAME))
        seen.setdefault(same, (thing, series, texts, []))[3].append(rule.values)
    for thing, series, texts, alike in seen.values():
        key = keys.make(texts["title"].replace(PLACE, ""))
        yield _rule(key, (thing, series), texts, alike, work)


def _rule(
    key: str,
    at: tuple[str, str],
    texts: Mapping[str, str],
    alike: Sequence[Mapping[str, Any]],
    work: _Work,
) -> Row:
    first = alike[0]
    row: Row = {"key": key, "thing": at[0], "series": at[1], "title": texts["title"][:80]}
    row["kind"] = first["kind"]
    label = texts["title"].replace(PLACE, "").strip(" :,–-") or key
    if first["kind"] in {"above", "below", "rises", "falls"}:
        usual = Counter(values["threshold"] for values in alike).most_common(1)[0][0]
        row["threshold"] = _parameter(f"grenze_{key}", "number", f"Grenze: {label}", usual, work)
    if first["kind"] == "silent":
        hours = max(1, round(first["hold_s"] / 3600))
        name = f"stumm_{key}"
        row["hold_s"] = {
            **_parameter(name, "integer", f"Stunden: {label}", hours, work), "times": 3600,
        }  # fmt: skip
    elif first["hold_s"]:
        row["hold_s"] = first["hold_s"]
    row |= {name: first[name] for name in NUMBERS if first[name]}
    row["severity"] = first["severity"]
    row["advice"] = texts["advice"] or "Vor Ort prüfen."
    row["recipients"] = {"parameter": _mail(work)}
    return row


def _parameter(name: str, kind: str, title: str, value: Any, work: _Work) -> dict[str, str]:
    work.parameters[name[:40]] = {"type": kind, "title": title[:160], "default": value}
    return {"parameter": name[:40]}


def _mail(work: _Work) -> str:
    """Recipients stay behind: who is told is asked for."""
    work.parameters.setdefault(
        "mail",
        {
            "type": "string",
            "format": "email",
            "title": "Wer bekommt die Meldung?",
            "description": "Leer heißt, die Meldung steht nur auf der Seite.",
            "maxLength": 200,
            "default": "",
        },
    )
    return "mail"


def _layers(layers: Sequence[tuple[int, Mapping[str, Any]]], work: _Work) -> Iterator[Row]:
    keys: dict[tuple[str, str], Row] = {}
    for series_id, values in layers:
        if series_id in work.places:
            thing, series, _ = work.places[series_id]
            row = {"thing": thing, "series": series, "title": work.clean(values["title"])}
            keys.setdefault((thing, series), {**row, "classes": _classes(values, work)})
    for number, row in enumerate(keys.values(), 1):
        yield {"key": f"ebene_{number}", **row}


def _classes(values: Mapping[str, Any], work: _Work) -> list[Row]:
    return [
        {name: _clean_value(value, work.clean) for name, value in row.items() if value is not None}
        for row in values["classes"]
    ]


def _indicator(plan: PlanFound, work: _Work) -> Row:
    thing, series, _ = work.places[plan.series_id]
    values = {name: _clean_value(value, work.clean) for name, value in plan.indicator.items()}
    return {**values, "thing": thing, "series": series}


def _clean_value(value: Any, clean: Clean) -> Any:
    return clean(value) if isinstance(value, str) else value
