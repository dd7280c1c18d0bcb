"""What the schema cannot say: that the parts of a package fit each other."""

from collections.abc import Iterator, Mapping
from typing import Any

from license_expression import get_license_index

from mehrwert.base.json_schema import validator_of
from mehrwert.starters.choices import ContentKind
from mehrwert.starters.format.model import Package
from mehrwert.starters.format.schema import Finding, found

NUMBERS = frozenset({"number", "integer"})
REFERRING = ("threshold", "hysteresis", "hold_s", "window_s", "damage_value")


def check_references(package: Package) -> list[Finding]:
    """Return keys that occur twice, lead nowhere or mean something of another kind."""
    return [
        *_licences(package),
        *_defaults(package),
        *_twice(package),
        *_things(package),
        *_measured(package),
        *_rules(package),
        *_layers(package),
        *_plans(package),
        *_demo(package),
    ]


def parameters_of(package: Package) -> Mapping[str, Mapping[str, Any]]:
    """Return the parameters by name, as JSON Schema."""
    found_ones: Mapping[str, Mapping[str, Any]] = package.manifest["parameters"]["properties"]
    return found_ones


def _licences(package: Package) -> Iterator[Finding]:
    known = {row.get("spdx_license_key") for row in get_license_index()}
    for part, licence in package.manifest["licence"].items():
        if licence not in known:
            yield found(f"package.yml/licence/{part}", "licence", licence)


def _defaults(package: Package) -> Iterator[Finding]:
    declared = parameters_of(package)
    for name, schema in declared.items():
        if not validator_of(schema).is_valid(schema["default"]):
            yield found(f"package.yml/parameters/{name}", "default", name)
    for chosen in package.manifest.get("parameter_sets", ()):
        for name, value in chosen["values"].items():
            if name not in declared or not validator_of(declared[name]).is_valid(value):
                yield found(f"package.yml/parameter_sets/{chosen['key']}", "parameter", name)


def _twice(package: Package) -> Iterator[Finding]:
    for kind, rows in package.items.items():
        seen: set[str] = set()
        for row in rows:
            if row["key"] in seen:
                yield found(kind, "twice", row["key"])
            seen.add(row["key"])


def _things(package: Package) -> Iterator[Finding]:
    series = {row["key"] for row in package.of_kind(ContentKind.DATASTREAM_TYPE)}
    for thing in package.of_kind(ContentKind.THING_TYPE):
        where = f"thing_type/{thing['key']}"
        yield from (
            found(where, "unknown_key", key) for key in thing["series"] if key not in series
        )
        each = thing.get("each")
        if each and parameters_of(package).get(each, {}).get("type") != "array":
            yield found(where, "parameter", each)


def _measured(package: Package) -> Iterator[Finding]:
    """Yield what speaks of a series that its thing does not have."""
    has = {row["key"]: set(row["series"]) for row in package.of_kind(ContentKind.THING_TYPE)}
    for kind in (ContentKind.ALERT_RULE, ContentKind.INDICATOR, ContentKind.MAP_LAYER):
        for row in package.of_kind(kind):
            if row["series"] not in has.get(row["thing"], set()):
                yield found(f"{kind}/{row['key']}", "unknown_key", row["series"])
    many = {row["key"] for row in package.of_kind(ContentKind.THING_TYPE) if "each" in row}
    for row in package.of_kind(ContentKind.INDICATOR):
        if row["thing"] in many:
            yield found(f"indicator/{row['key']}", "one_thing", row["thing"])


def _rules(package: Package) -> Iterator[Finding]:
    for rule in package.of_kind(ContentKind.ALERT_RULE):
        for name in REFERRING:
            yield from _number(package, f"alert_rule/{rule['key']}", rule.get(name))
        mail = rule.get("recipients", {}).get("parameter")
        if mail and parameters_of(package).get(mail, {}).get("format") != "email":
            yield found(f"alert_rule/{rule['key']}", "parameter", mail)


def _layers(package: Package) -> Iterator[Finding]:
    for layer in package.of_kind(ContentKind.MAP_LAYER):
        for colour in layer["classes"]:
            yield from _number(package, f"map_layer/{layer['key']}", colour.get("below"))


def _number(package: Package, where: str, value: Any) -> Iterator[Finding]:
    if isinstance(value, Mapping):
        name = value["parameter"]
        if parameters_of(package).get(name, {}).get("type") not in NUMBERS:
            yield found(where, "parameter", name)


def _plans(package: Package) -> Iterator[Finding]:
    indicators = {row["key"] for row in package.of_kind(ContentKind.INDICATOR)}
    for plan in package.of_kind(ContentKind.EVALUATION_PLAN):
        if plan["indicator"] not in indicators:
            yield found(f"evaluation_plan/{plan['key']}", "unknown_key", plan["indicator"])


def _demo(package: Package) -> Iterator[Finding]:
    things = {row["key"]: row for row in package.of_kind(ContentKind.THING_TYPE)}
    for number, row in enumerate(package.demo, start=2):
        thing = things.get(row.thing)
        if (
            thing is None
            or row.series not in thing["series"]
            or bool(row.place) != ("each" in thing)
        ):
            yield found("demo_data", "row", number)
            return
