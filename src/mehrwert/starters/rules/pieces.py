"""From a package and its parameters to the pieces that an installation makes."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mehrwert.starters.choices import ContentKind, PieceKind
from mehrwert.starters.errors import ParameterError
from mehrwert.starters.format.model import Package

PLACE = "{place}"
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})
RULE_NUMBERS = ("threshold", "hysteresis", "hold_s", "window_s", "damage_value")
PLAN_FIELDS = (
    "goal", "sesoi_percent", "beneficiaries", "benefit_kind", "shape", "ramp_months",
    "months_before", "months_after", "hours", "comparison_hint",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that an installation makes.

    Attributes:
        key: Stable inside the package, for example ``series/baum/linde-am-markt/bodenfeuchte``.
        title: What people call it.
        values: What an update compares, field by field; JSON.
        links: Keys of other pieces that this one belongs to, by role.
    """

    kind: PieceKind
    key: str
    title: str
    values: Mapping[str, Any]
    links: Mapping[str, str] = field(default_factory=dict)


def pieces_of(package: Package, parameters: Mapping[str, Any]) -> tuple[Piece, ...]:
    """Return everything an installation makes, in the order in which it is made.

    Raises:
        ParameterError: Two places have the same name.
    """
    made = [
        *_things(package, parameters),
        *_rules(package, parameters),
        *_indicators(package),
        *_plans(package),
        *_layers(package, parameters),
        *_tasks(package),
    ]
    return tuple(sorted(made, key=lambda piece: list(PieceKind).index(piece.kind)))


def places_of(thing: Mapping[str, Any], parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (part of the key, name) of each place a thing is made for; one nameless without.

    Raises:
        ParameterError: Two places have the same name.
    """
    each = thing.get("each")
    if not each:
        return [("", "")]
    named = [(slug_of(name), name) for name in parameters[each]]
    if len({slug for slug, _ in named}) < len(named):
        raise ParameterError(reasons="Zwei Orte heißen gleich; bitte unterscheiden Sie sie.")
    return named


def slug_of(name: str) -> str:
    """Return a name as part of a key: ``Linde am Markt`` → ``linde-am-markt``."""
    plain = unicodedata.normalize("NFKD", name.strip().translate(_FOLD)).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    return slug or "ort"


def key_of(kind: PieceKind, *parts: str) -> str:
    """Return the key of a piece."""
    return "/".join([kind.value, *(part for part in parts if part)])


def _things(package: Package, parameters: Mapping[str, Any]) -> Iterator[Piece]:
    series = {row["key"]: row for row in package.of_kind(ContentKind.DATASTREAM_TYPE)}
    for thing in package.of_kind(ContentKind.THING_TYPE):
        for slug, place in places_of(thing, parameters):
            name = thing["name"].replace(PLACE, place)
            key = key_of(PieceKind.THING, thing["key"], slug)
            yield Piece(
                PieceKind.THING,
                key,
                name,
                {
                    "name": name,
                    "description": thing["description"].replace(PLACE, place),
                    "field": package.manifest["field"],
                },
            )
            for row in (series[known] for known in thing["series"]):
                yield _series(thing, row, slug, name)


def _series(thing: Mapping[str, Any], row: Mapping[str, Any], slug: str, name: str) -> Piece:
    values = {
        "name": row["name"],
        "description": row.get("description", ""),
        "unit_name": row["unit_name"],
        "unit_symbol": row["unit_symbol"],
        "unit_definition": f"ucum:{row['ucum']}" if row.get("ucum") else "",
        "aggregation": row["aggregation"],
        "expected_interval_s": row["interval_s"],
        "protection": row["protection"],
        "property": row["property"],
        "instrument": thing["instrument"],
        "fields": {
            device: field_name
            for device, field_name in row.get("fields", {}).items()
            if device in thing.get("devices", ())
        },
    }
    return Piece(
        PieceKind.SERIES,
        key_of(PieceKind.SERIES, thing["key"], slug, row["key"]),
        f"{name}: {row['name']}",
        values,
        {"thing": key_of(PieceKind.THING, thing["key"], slug)},
    )


def _rules(package: Package, parameters: Mapping[str, Any]) -> Iterator[Piece]:
    things = {row["key"]: row for row in package.of_kind(ContentKind.THING_TYPE)}
    for rule in package.of_kind(ContentKind.ALERT_RULE):
        mail = parameters.get(rule.get("recipients", {}).get("parameter", ""))
        for slug, place in places_of(things[rule["thing"]], parameters):
            title = rule["title"].replace(PLACE, place)[:120]
            values = {
                "title": title,
                "kind": rule["kind"],
                "severity": rule["severity"],
                "advice": rule["advice"].replace(PLACE, place),
                "recipients": [mail] if mail else [],
                **{name: _number(rule.get(name), parameters) for name in RULE_NUMBERS},
            }
            yield Piece(
                PieceKind.RULE,
                key_of(PieceKind.RULE, rule["key"], slug),
                title,
                values,
                {"series": key_of(PieceKind.SERIES, rule["thing"], slug, rule["series"])},
            )


def _indicators(package: Package) -> Iterator[Piece]:
    for row in package.of_kind(ContentKind.INDICATOR):
        values = {name: value for name, value in row.items() if name not in {"thing", "series"}}
        yield Piece(
            PieceKind.INDICATOR,
            key_of(PieceKind.INDICATOR, row["key"]),
            row["name"],
            values,
            {"series": _first_series(package, row)},
        )


def _first_series(package: Package, row: Mapping[str, Any]) -> str:
    """Return the key of the series of a thing that stands alone; places are measured one by one."""
    return key_of(PieceKind.SERIES, row["thing"], row["series"])


def _plans(package: Package) -> Iterator[Piece]:
    indicators = {row["key"]: row for row in package.of_kind(ContentKind.INDICATOR)}
    for row in package.of_kind(ContentKind.EVALUATION_PLAN):
        indicator = indicators[row["indicator"]]
        values = {name: row[name] for name in PLAN_FIELDS if name in row}
        values["indicator"] = row["indicator"]
        yield Piece(
            PieceKind.PLAN,
            key_of(PieceKind.PLAN, row["key"]),
            f"{package.title}: {indicator['name']}",
            values,
            {
                "series": _first_series(package, indicator),
                "indicator": key_of(PieceKind.INDICATOR, row["indicator"]),
            },
        )


def _layers(package: Package, parameters: Mapping[str, Any]) -> Iterator[Piece]:
    for row in package.of_kind(ContentKind.MAP_LAYER):
        classes = [
            {**colour, "below": _number(colour.get("below"), parameters)}
            for colour in row["classes"]
        ]
        yield Piece(
            PieceKind.LAYER,
            key_of(PieceKind.LAYER, row["key"]),
            row["title"],
            {"title": row["title"], "classes": classes, "of": f"{row['thing']}/{row['series']}"},
        )


def _tasks(package: Package) -> Iterator[Piece]:
    for row in package.of_kind(ContentKind.CHECKLIST):
        values = {"title": row["title"], "milestone": row["milestone"]}
        values["hint"] = row.get("hint", "")
        yield Piece(PieceKind.TASK, key_of(PieceKind.TASK, row["key"]), row["title"], values)


def _number(value: Any, parameters: Mapping[str, Any]) -> Any:
    if isinstance(value, Mapping):
        return parameters[value["parameter"]] * value.get("times", 1)
    return value
