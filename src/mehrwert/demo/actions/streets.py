"""Which streets of Auental are closed, and how often somebody called about it: all invented."""

from datetime import date, timedelta
from typing import Any

from mehrwert.base.actor import Actor
from mehrwert.base.tenant import tenant_scope
from mehrwert.geodata.actions import ClosureInput, count_call, save_closure
from mehrwert.geodata.choices import Affected, CallKind, ClosureKind
from mehrwert.geodata.models import Closure

BUILDING_OFFICE = Actor("system", label="Jonas Feld (Demo)")
PHONE_DESK = Actor("system", label="Petra Lang (Demo)")
# first and last day from today on, what is told
TOLD: tuple[tuple[int, int, dict[str, Any]], ...] = (
    (
        -4,
        3,
        {
            "street": "Mühlgasse",
            "section": "zwischen Markt und Mühlbrücke",
            "kind": ClosureKind.FULL,
            "is_estimated": True,
            "reason": "Rohrbruch",
            "detour": "über Bahnhofstraße und Gartenweg, zu Fuß frei",
            "affected": (Affected.RESIDENTS, Affected.BUS, Affected.WASTE),
            "office": "Tiefbauamt",
            "contact": "Durchwahl 47",
            "plain": "Die Mühlgasse ist zu. Ein Wasserrohr ist kaputt. Bitte fahren Sie über die "
            "Bahnhofstraße. Zu Fuß kommen Sie durch.",
        },
    ),
    (
        -20,
        40,
        {
            "street": "Bahnhofstraße",
            "section": "vor dem Bahnhof",
            "kind": ClosureKind.HALF,
            "direction": "stadteinwärts",
            "reason": "Glasfaser wird verlegt",
            "detour": "Ampel, keine Umleitung nötig",
            "affected": (Affected.BUS,),
            "office": "Tiefbauamt",
        },
    ),
    (
        -30,
        -2,
        {
            "street": "Schulweg",
            "section": "an der Grundschule",
            "kind": ClosureKind.FOOTWAY,
            "reason": "Gehweg wird erneuert",
            "detour": "gegenüberliegende Seite",
            "affected": (Affected.RESIDENTS,),
            "office": "Bauamt",
        },
    ),
    (
        6,
        8,
        {
            "street": "Marktplatz",
            "kind": ClosureKind.PARKING,
            "reason": "Markt am Wochenende",
            "detour": "Parkplatz am Freibad",
            "affected": (Affected.RESIDENTS, Affected.WASTE),
            "office": "Ordnungsamt",
        },
    ),
)
CALLS_TODAY = (CallKind.ANSWERED,) * 4 + (CallKind.FORWARDED,)


def load_closures(tenant_id: int, today: date) -> int:
    """Close some streets and count some calls, if nothing was entered yet; return how many."""
    with tenant_scope(tenant_id):
        if Closure.objects.exists():
            return 0
        for first, last, told in TOLD:
            given = ClosureInput(
                starts_on=today + timedelta(days=first),
                ends_on=today + timedelta(days=last),
                **told,
            )
            save_closure(None, given, is_demo=True, actor=BUILDING_OFFICE)
        for kind in CALLS_TODAY:
            count_call(kind, day=today, actor=PHONE_DESK)
    return len(TOLD)
