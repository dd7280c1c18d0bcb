"""Sentences about rules, changes and counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from mehrwert.base.marks import mark
from mehrwert.base.templatetags.mehrwert import duration, quantity
from mehrwert.starters.choices import PIECE_LABELS, STEP_LABELS, PieceKind, Step
from mehrwert.starters.rules import Change, Piece

CONDITIONS = {
    "above": mark("%(series)s über %(limit)s"),
    "below": mark("%(series)s unter %(limit)s"),
    "rises": mark("%(series)s steigt in %(window)s um mehr als %(limit)s"),
    "falls": mark("%(series)s fällt in %(window)s um mehr als %(limit)s"),
    "stuck": mark("%(series)s ändert sich %(window)s lang nicht"),
    "silent": mark("%(series)s: %(hold)s lang kein Messwert"),
}
FIELD_LABELS = {
    "name": mark("Name"),
    "title": mark("Titel"),
    "description": mark("Beschreibung"),
    "field": mark("Handlungsfeld"),
    "unit_name": mark("Einheit"),
    "unit_symbol": mark("Einheitenzeichen"),
    "aggregation": mark("Zusammenfassung"),
    "expected_interval_s": mark("erwarteter Abstand in Sekunden"),
    "protection": mark("Schutzbedarf"),
    "property": mark("Messgröße"),
    "instrument": mark("Gerät"),
    "kind": mark("Bedingung"),
    "threshold": mark("Grenze"),
    "hysteresis": mark("Abstand zum Ende"),
    "hold_s": mark("Haltezeit in Sekunden"),
    "window_s": mark("Zeitraum in Sekunden"),
    "damage_value": mark("Wert, ab dem der Schaden beginnt"),
    "severity": mark("Stufe"),
    "advice": mark("Was zu tun ist"),
    "goal": mark("Ziel"),
    "sesoi_percent": mark("kleinster wichtiger Unterschied in Prozent"),
    "beneficiaries": mark("wem es nützt"),
    "milestone": mark("Meilenstein"),
    "hint": mark("Hinweis"),
    "definition": mark("Festlegung"),
    "recipients": mark("Adressen"),
}


def condition_text(piece: Piece, series: Piece) -> str:
    """Return when a rule speaks: ``Bodenfeuchte unter 0,2, länger als 6 Stunden``."""
    values = piece.values
    sentence = CONDITIONS[values["kind"]]
    text = gettext(sentence) % {
        "series": series.values["name"],
        "limit": quantity(values["threshold"], series.values["unit_symbol"]),
        "window": duration(values["window_s"] or 0),
        "hold": duration(values["hold_s"] or 0),
    }
    if values["kind"] == "silent" or not values["hold_s"]:
        return text
    return gettext("%(text)s, länger als %(hold)s") % {
        "text": text,
        "hold": duration(values["hold_s"]),
    }


def counts_text(pieces: Sequence[Piece] | Sequence[Change]) -> list[str]:
    """Return how many of each kind, in words."""
    n = {kind: sum(piece.kind is kind for piece in pieces) for kind in PieceKind}
    told = {
        PieceKind.THING: ngettext("%(n)d Messstelle", "%(n)d Messstellen", n[PieceKind.THING]),
        PieceKind.SERIES: ngettext("%(n)d Messreihe", "%(n)d Messreihen", n[PieceKind.SERIES]),
        PieceKind.RULE: ngettext("%(n)d Regel", "%(n)d Regeln", n[PieceKind.RULE]),
        PieceKind.INDICATOR: ngettext("%(n)d Kennzahl", "%(n)d Kennzahlen", n[PieceKind.INDICATOR]),
        PieceKind.PLAN: ngettext(
            "%(n)d Bewertungsplan", "%(n)d Bewertungspläne", n[PieceKind.PLAN]
        ),
        PieceKind.LAYER: ngettext("%(n)d Kartenebene", "%(n)d Kartenebenen", n[PieceKind.LAYER]),
        PieceKind.TASK: ngettext("%(n)d Aufgabe", "%(n)d Aufgaben", n[PieceKind.TASK]),
    }
    return [text % {"n": n[kind]} for kind, text in told.items() if n[kind]]


def change_line(change: Change) -> dict[str, Any]:
    """Return one change in words."""
    return {
        "key": change.key,
        "kind": gettext(PIECE_LABELS[change.kind]),
        "title": change.title,
        "step": gettext(STEP_LABELS[change.step]),
        "tag": {Step.CREATE: "ok", Step.REMOVE: "bad", Step.KEEP_LOCAL: "warn"}.get(
            change.step, "info"
        ),
        "is_local": change.step is Step.KEEP_LOCAL,
        "fields": [
            {
                "name": gettext(FIELD_LABELS.get(field.name, field.name)),
                "old": shown(field.old),
                "now": shown(field.now),
                "new": shown(field.new),
                "is_conflict": field.is_conflict,
            }
            for field in change.fields
            if change.step in (Step.CHANGE, Step.KEEP_LOCAL)
        ],
    }


def shown(value: Any) -> str:
    """Return a value of a field as people read it."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nein")
    if isinstance(value, int | float):
        return quantity(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {shown(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "; ".join(shown(part) for part in value)
    return str(value)
