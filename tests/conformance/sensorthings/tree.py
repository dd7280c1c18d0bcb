"""What the suite works with: one thing, two series of twelve readings each."""

from dataclasses import dataclass
from typing import Any

from .client import Service

POINT = {"type": "Point", "coordinates": [-117.123, 54.123]}
SENSOR = {
    "name": "Fühler",
    "description": "Testfühler",
    "encodingType": "application/pdf",
    "metadata": "urn:handbuch",
    "properties": {"los": 3},
}
PROPERTY = {"name": "Temperatur", "description": "der Luft", "definition": "urn:temperatur"}
UNIT = {"name": "Grad Celsius", "symbol": "°C", "definition": "urn:ucum:Cel"}
KIND = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
STREAM = {
    "name": "Reihe 1",
    "description": "stündlich",
    "unitOfMeasurement": UNIT,
    "observationType": KIND,
    "Sensor": SENSOR,
    "ObservedProperty": PROPERTY,
}
READINGS = [
    {"phenomenonTime": f"2026-03-{day:02}T00:00:00Z", "result": day} for day in range(1, 13)
]
LOCATION = {
    "name": "Ort",
    "description": "am Rand",
    "encodingType": "application/vnd.geo+json",
    "location": POINT,
}
TREE: dict[str, Any] = {
    "name": "Prüfling",
    "description": "für die Prüfung",
    "properties": {"farbe": "rot", "masse": {"kg": 2.5}},
    "Locations": [LOCATION],
    "Datastreams": [
        {**STREAM, "Observations": READINGS},
        {
            **STREAM,
            "name": "Reihe 2",
            "Observations": [{**r, "result": -r["result"]} for r in READINGS],
        },
    ],
}


@dataclass
class Tree:
    """Addresses of what was made."""

    service: Service
    thing: str

    @property
    def id(self) -> int:
        return int(self.thing.rsplit("(", 1)[1].rstrip(")"))

    @property
    def streams(self) -> list[dict[str, Any]]:
        return self.service.rows(f"{self.thing}/Datastreams?$orderby=name")

    @property
    def readings(self) -> str:
        """The address of the first series' readings."""
        return f"{self.streams[0]['@iot.selfLink']}/Observations"

    def remove(self) -> None:
        """Delete everything again; a test may have deleted some of it."""
        path = "Locations,Datastreams($expand=Sensor,ObservedProperty)"
        got = self.service.ask("GET", f"{self.thing}?$expand={path}")
        thing = got.json if got.status == 200 else {}
        rows = [*thing.get("Locations", []), *thing.get("Datastreams", [])]
        rows += [row[nav] for row in rows for nav in ("Sensor", "ObservedProperty") if nav in row]
        for row in rows:
            self.service.ask("DELETE", row["@iot.selfLink"])
        self.service.ask("DELETE", self.thing)
