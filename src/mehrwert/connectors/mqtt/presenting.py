"""What pages say: a recorded message as an offer, what a binding would make of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext

from mehrwert.base.pointers import MISSING, parse_body, point, pointers
from mehrwert.connectors.mqtt.models import Binding
from mehrwert.connectors.mqtt.rules.definition import description_of
from mehrwert.connectors.mqtt.rules.proposing import Offer, field_of
from mehrwert.connectors.mqtt.rules.receiving import default_rule, device_of
from mehrwert.intake.choices import ERROR_SENTENCES
from mehrwert.intake.queries import try_binding
from mehrwert.observations.queries import MessageRow, list_messages, read_message

NEWEST = 200
KINDS = 12


@dataclass(frozen=True, slots=True)
class TrialValue:
    """One value that a message would give."""

    name: str
    value: Any
    unit: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a message would give; ``readings`` are (µs or None, values), ``error`` a sentence."""

    device: str
    readings: list[tuple[int | None, list[TrialValue]]]
    error: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A message that came: its topic and its text."""

    id: int
    topic: str
    body: str


def try_out(definition: Mapping[str, Any], topic: str, body: str) -> Trial:
    """Return what a binding would make of a message; nothing is stored."""
    measures = {value["field"]: value for value in definition.get("values", ())}
    found, error = try_binding(description_of(definition), topic, body)
    readings = [
        (
            one.at_us,
            [
                TrialValue(measures[name]["name"], value, measures[name].get("symbol", ""))
                for name, value in one.values.items()
            ],
        )
        for one in found
    ]
    return Trial(device_of(definition, topic, body), readings, _sentence(error))


def _sentence(error: str) -> str:
    code, _, text = error.partition(":")
    sentence = ERROR_SENTENCES.get(code, "")
    return gettext(sentence) % {"text": text} if sentence else ""


def list_recorded(row: Binding) -> list[Recorded]:
    """Return the newest message of each topic that came, at most some."""
    newest: dict[str, MessageRow] = {}
    for message in list_messages(row.tenant_id, source_id=row.source_id, limit=NEWEST):
        newest.setdefault(str(message.envelope.get("topic") or ""), message)
    shown = list(newest.items())[:KINDS]
    return [Recorded(m.id, topic, read_message(row.tenant_id, m.id).body) for topic, m in shown]


def device_choices(recorded: Recorded, name: str) -> list[tuple[str, str]]:
    """Return how a message could name its device."""
    parts = recorded.topic.split("/")
    found = [
        (f"part:{n}", gettext("Teil %(n)s des Themas: %(part)s") % {"n": n, "part": part})
        for n, part in enumerate(parts, 1)
        if part
    ]
    found.append(("topic", gettext("jedes Thema ist ein Gerät: %(t)s") % {"t": recorded.topic}))
    found.append((f"name:{name}", gettext("alles ist ein Gerät: %(name)s") % {"name": name}))
    for at, value in list(pointers(parse_body(recorded.body)))[:40]:
        if isinstance(value, str):
            label = gettext("in der Nachricht %(at)s: %(value)s")
            found.append((f"at:{at}", label % {"at": at, "value": value[:60]}))
    return found


def device_choice(definition: Mapping[str, Any]) -> str:
    """Return which of the choices a binding has made."""
    rule = definition.get("device") or default_rule(definition)
    if "topic_part" in rule:
        return f"part:{rule['topic_part']}"
    if "at" in rule:
        return f"at:{rule['at']}"
    if "name" in rule:
        return f"name:{rule['name']}"
    return "topic"


def device_rule(choice: str) -> dict[str, Any]:
    """Return the rule of a choice."""
    kind, _, given = choice.partition(":")
    if kind == "part":
        return {"topic_part": int(given)}
    return {kind: given} if kind in {"at", "name"} else {"whole_topic": True}


def time_choices(offer: Offer, recorded: Recorded, chosen: str) -> list[tuple[str, str]]:
    """Return where the time could stand."""
    document = parse_body(recorded.body)
    found = [("", gettext("Die Zeit des Eingangs"))]
    for at in dict.fromkeys([*([chosen] if chosen else []), *offer.times]):
        value = point(document, at)
        shown = "–" if value is MISSING else str(value)
        found.append((at, f"{at}: {shown}"))
    return found


def merge_values(
    definition: Mapping[str, Any],
    offer: Offer,
    reading: Mapping[str, Any],
    rows: list[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the binding as the forms say; values that this message does not hold stay."""
    offered = {proposal.at: proposal for proposal in offer.values}
    merged = {key: value for key, value in definition.items() if key not in {"device", "time"}}
    kept = [value for value in definition.get("values", ()) if value["at"] not in offered]
    said = {value["at"]: value for value in definition.get("values", ())}
    taken = {value["field"] for value in kept}
    for row in rows:
        proposal = offered.get(row["at"])
        if not row.get("wanted") or proposal is None:
            continue
        old = said.get(row["at"], {})
        made = {
            **{key: old[key] for key in ("topic", "words") if key in old},
            "field": old.get("field") or field_of(row["at"], taken),
            **{key: row[key] for key in ("at", "name", "unit", "symbol", "aggregation")},
        }
        made["aggregation"] = made["aggregation"] or "mean"
        taken.add(made["field"])
        kept.append(made)
    merged["values"] = kept
    merged["protection"] = reading["protection"]
    merged["device"] = device_rule(reading["device"])
    if reading["time"]:
        zone = (definition.get("time") or {}).get("zone", "Europe/Berlin")
        merged["time"] = {"at": reading["time"], "zone": zone}
    return merged


def text_of(definition: Mapping[str, Any]) -> str:
    """Return a binding as the text of a file."""
    return yaml.safe_dump(dict(definition), allow_unicode=True, sort_keys=False, width=100)
