"""An alert as a CAP file: OASIS Common Alerting Protocol 1.2.

A draft for people to hand on: its scope is restricted, and nothing sends it by itself. Alerts of
invented municipalities are exercises.
"""

from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from mehrwert.alerts.choices import Severity

SPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SEVERITIES = {Severity.NOTE: "Minor", Severity.WARNING: "Moderate", Severity.ALARM: "Severe"}


@dataclass(frozen=True, slots=True)
class CapAlert:
    """What a CAP file says; times with their time zone, ``lon`` and ``lat`` in degrees or None."""

    identifier: str
    sender: str
    sent: datetime
    is_exercise: bool
    is_over: bool
    began: datetime
    severity: Severity
    headline: str
    description: str
    instruction: str
    area: str
    lon: float | None = None
    lat: float | None = None
    language: str = "de-DE"


def to_cap(alert: CapAlert) -> bytes:
    """Return the file as UTF-8 XML, elements in the order of the standard."""
    ET.register_namespace("", SPACE)
    root = ET.Element(f"{{{SPACE}}}alert")
    _put(root, "identifier", alert.identifier)
    _put(root, "sender", alert.sender)
    _put(root, "sent", _time(alert.sent))
    _put(root, "status", "Exercise" if alert.is_exercise else "Actual")
    _put(root, "msgType", "Alert")
    _put(root, "scope", "Restricted")
    _put(root, "restriction", "Entwurf, erst nach Freigabe durch eine Person weitergeben")
    info = ET.SubElement(root, f"{{{SPACE}}}info")
    _put(info, "language", alert.language)
    _put(info, "category", "Env")
    _put(info, "event", alert.headline)
    _put(info, "responseType", "AllClear" if alert.is_over else "Monitor")
    _put(info, "urgency", "Past" if alert.is_over else "Immediate")
    _put(info, "severity", SEVERITIES[alert.severity])
    _put(info, "certainty", "Observed")
    _put(info, "onset", _time(alert.began))
    _put(info, "headline", alert.headline)
    _put(info, "description", alert.description)
    if alert.instruction:
        _put(info, "instruction", alert.instruction)
    area = ET.SubElement(info, f"{{{SPACE}}}area")
    _put(area, "areaDesc", alert.area)
    if alert.lon is not None and alert.lat is not None:
        _put(area, "circle", f"{alert.lat:.5f},{alert.lon:.5f} 0")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{SPACE}}}{name}").text = text


def _time(at: datetime) -> str:
    """Return a time as CAP wants it: to the second, with ``-00:00`` for UTC."""
    text = at.replace(microsecond=0).isoformat()
    return text.replace("+00:00", "-00:00").replace("Z", "-00:00")
