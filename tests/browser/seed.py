"""Fills an empty installation with one small invented town; prints sessions and ids as JSON.

Everything goes through the actions of the rooms. All names and values are invented.
"""

import json
import math
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as clock_time
from pathlib import Path

import django

django.setup()

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402
from allauth.usersessions.models import UserSession  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from mehrwert.accounts.actions import (  # noqa: E402
    KeyLimits,
    create_first_admin_link,
    create_key,
    create_user,
    deactivate_person,
    invite_person,
    rotate_key,
)
from mehrwert.alerts.access import find_rule  # noqa: E402
from mehrwert.alerts.actions import (  # noqa: E402
    Contact,
    PlanChoice,
    RosterChoice,
    RuleChoice,
    create_plan,
    create_rule,
    look_at_readings,
    order_rounds,
    save_roster,
    switch_rule,
)
from mehrwert.alerts.choices import RuleKind, TaskKind  # noqa: E402
from mehrwert.alerts.queries import list_tasks  # noqa: E402
from mehrwert.base.actions import start_job  # noqa: E402
from mehrwert.base.actor import SYSTEM, Actor  # noqa: E402
from mehrwert.base.clock import now_us  # noqa: E402
from mehrwert.base.jobs import clear_old_events  # noqa: E402
from mehrwert.base.tenant import tenant_scope  # noqa: E402
from mehrwert.municipalities.actions import (  # noqa: E402
    create_tenant,
    invite_member,
    set_membership,
)
from mehrwert.municipalities.choices import Role  # noqa: E402
from mehrwert.observations.actions import (  # noqa: E402
    Place,
    ReadingBatch,
    SeriesByHand,
    WriteContext,
    correct_reading,
    record_observations,
    set_up_series,
    set_up_thing,
)
from mehrwert.observations.choices import Quality  # noqa: E402
from mehrwert.observations.queries import list_edits, read_observations  # noqa: E402
from mehrwert.observations.writer import stop_writers  # noqa: E402
from mehrwert.portfolio.tests.factories import make_project  # noqa: E402

sys.path.insert(0, str(Path(__file__).parent))

from seed_imports import seed_imports  # noqa: E402
from seed_intake import seed_intake  # noqa: E402
from seed_loop import seed_loop  # noqa: E402
from seed_papers import seed_papers  # noqa: E402

PASSWORD = "vier blaue Esel im Wald"
HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
OUTLINE = {
    "type": "Polygon",
    "coordinates": [
        [
            [10.14, 51.26],
            [10.25, 51.25],
            [10.28, 51.31],
            [10.2, 51.35],
            [10.13, 51.32],
            [10.14, 51.26],
        ]
    ],
}
NAMES = {
    Role.VIEWER: "Vera Blick",
    Role.EDITOR: "Emil Fach",
    Role.LEAD: "Lena Amtmann",
    Role.TREASURER: "Theo Kasse",
    Role.DESK: "Dora Schalter",
    Role.FIELD: "Finn Außen",
    Role.GUIDE: "Greta Lotsin",
    Role.ADMIN: "Ada Verwalter",
}


@dataclass(frozen=True)
class Series:
    """One invented series: a daily wave around a middle, until ``ago_h`` hours ago."""

    name: str
    unit_name: str
    unit: str
    middle: float
    swing: float
    interval_s: int = 3600
    ago_h: float = 0.2
    days: int = 21


@dataclass(frozen=True)
class Post:
    """One place with its series."""

    name: str
    lon: float
    lat: float
    series: tuple[Series, ...]


POSTS = (
    Post(
        "Pegel Mühlbrücke",
        10.19,
        51.3,
        (
            Series("Wasserstand", "Meter", "m", 0.62, 0.18, interval_s=900),
            Series("Wassertemperatur", "Grad Celsius", "°C", 14.0, 2.5),
        ),
    ),
    Post("Bodenfeuchte Lindenhof", 10.21, 51.28, (Series("Bodenfeuchte", "Prozent", "%", 24, 6),)),
    Post(
        "Wetterhaus Rathaus", 10.2, 51.31, (Series("Lufttemperatur", "Grad Celsius", "°C", 17, 8),)
    ),
    Post(
        "Füllstand Glas Ostwall",
        10.23,
        51.3,
        (Series("Füllstand", "Prozent", "%", 55, 30, ago_h=40),),
    ),
    Post("Zähler Uferweg", 10.18, 51.29, ()),
)


def session_of(user, *, minutes_ago: int = 3) -> str:
    """Make a running session as signing in through the page does, freshly confirmed."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["account_authentication_methods_user"] = str(user.pk)
    store["account_authentication_methods"] = [
        {"method": "password", "at": time.time() + 1800, "reauthenticated": True}
    ]
    store.create()
    UserSession.objects.create(
        user=user,
        session_key=store.session_key,
        ip="127.0.0.1",
        user_agent="Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36",
        created_at=datetime.fromtimestamp(time.time() - 60 * minutes_ago, tz=UTC),
    )
    return store.session_key


def wave(series: Series) -> tuple[list[int], list[float]]:
    """Return times and values of one series."""
    last = now_us() - int(series.ago_h * HOUR_US)
    step = series.interval_s * 1_000_000
    count = series.days * DAY_US // step
    times = [last - (count - 1 - n) * step for n in range(count)]
    turns = [2 * math.pi * (at % DAY_US) / DAY_US for at in times]
    values = [series.middle + series.swing * math.sin(turn) for turn in turns]
    return times, [round(v + 0.02 * series.swing * (n % 7), 3) for n, v in enumerate(values)]


def by_hand(series: Series) -> SeriesByHand:
    """Return a series as somebody enters it in a form."""
    return SeriesByHand(
        series.name,
        "Beispielgerät",
        {
            "name": series.name,
            "unit_name": series.unit_name,
            "unit_symbol": series.unit,
            "unit_definition": series.unit,
            "expected_interval_s": series.interval_s,
            "source": "erfunden",
            "licence": "CC0 1.0",
        },
    )


def seed_data(tenant, actor: Actor) -> dict[str, str]:
    """Set up things and series with some weeks of values; return ids by name."""
    context = WriteContext(tenant.pk, "seed", actor)
    ids: dict[str, str] = {}
    batches = []
    for post in POSTS:
        place = Place(post.name, post.lon, post.lat, is_approximate=post.name.startswith("Zähler"))
        some = post.series or (Series("Anzahl Fahrräder", "Anzahl", "1", 0, 0),)
        given = [by_hand(series) for series in some]
        thing_id, first = set_up_thing(
            context,
            name=post.name,
            description="Erfundene Messstelle.",
            place=place,
            series=given[0],
        )
        stream_ids = [first, *(set_up_series(context, thing_id, s) for s in given[1:])]
        ids.setdefault("thing", str(thing_id))
        ids.setdefault("datastream", str(first))
        ids["empty_datastream"] = str(stream_ids[-1])
        batches += [
            ReadingBatch(stream_id, *wave(s))
            for stream_id, s in zip(stream_ids, post.series, strict=False)
        ]
    record_observations(context, batches)
    return ids


def seed_long_series(tenant, ids: dict[str, str], actor: Actor) -> dict[str, str]:
    """Leave one series of a hundred thousand readings, and return its id."""
    context = WriteContext(tenant.pk, "seed", actor)
    n, minute_us = 100_000, HOUR_US // 60
    series_id = set_up_series(
        context, int(ids["thing"]), by_hand(Series("Strömung", "Meter je Sekunde", "m/s", 1, 1, 60))
    )
    times = [now_us() - (n - i) * minute_us for i in range(n)]
    values = [round(1 + math.sin(i / 700) + 0.02 * (i % 13), 3) for i in range(n)]
    record_observations(context, [ReadingBatch(series_id, times, values)])
    return {"long_datastream": str(series_id)}


def seed_edits(tenant, ids: dict[str, str], actor: Actor) -> dict[str, str]:
    """Leave one value that somebody corrected by hand, and return its id and that of the edit."""
    context = WriteContext(tenant.pk, "seed", actor)
    series_id = int(ids["datastream"])
    row = read_observations(tenant.pk, series_id, limit=3)[-1]
    correct_reading(
        context,
        (series_id, row.id),
        0.75,
        quality=Quality.GOOD,
        seen=row.result,
        reason="am Lattenpegel gelesen",
    )
    (edit,) = list_edits(tenant.pk, series_id)
    return {"reading": str(row.id), "edit": str(edit.id)}


def seed_alerts(tenant, ids: dict[str, str], actor: Actor) -> dict[str, str]:
    """Leave one rule that is met, with its alert, and return their ids."""
    series_id = int(ids["datastream"])
    advice = "Rechen freimachen, Laub mitnehmen."
    plan = PlanChoice("Rechen am Bach", TaskKind.FLUSH, advice=advice, start_name="Bauhof")
    people = (Contact("Anna", "anna@auental.example"), Contact("Ben", "ben@auental.example"))
    duty = RosterChoice("Bereitschaft", date(2026, 1, 5), clock_time(7), 7, people)
    with tenant_scope(tenant.pk):
        roster = save_roster(tenant.pk, None, duty, actor=actor)
        choice = RuleChoice(
            title="Bach steigt",
            kind=RuleKind.ABOVE,
            threshold=-1e6,
            damage_value=0.5,
            advice="Schieber am Wehr schließen.",
            recipients=("bauhof@auental.example", f"roster:{roster.pk}"),
            plan_id=create_plan(tenant.pk, plan, actor=actor).pk,
        )
        rule = create_rule(tenant.pk, series_id, choice, actor=actor)
        switch_rule(rule, is_active=True, actor=actor)
        batch = ReadingBatch(series_id, [now_us()], [0.9])
        record_observations(WriteContext(tenant.pk, "seed", actor), [batch])
        look_at_readings(tenant.pk, [series_id])
        order_rounds()
        alert_id, task = find_rule(rule.pk).open_alert_id, list_tasks()[0]
    found = {"rule": rule.pk, "alert": alert_id, "task": task.pk, "plan": task.plan_id}
    found["roster"] = roster.pk
    return {name: str(number) for name, number in found.items()}


def seed_people(tenant) -> tuple[dict[str, str], dict[str, str], Actor]:
    """Make a person per role, an operator and a stranger; return sessions, ids and the admin."""
    sessions, ids = {}, {"password": PASSWORD}
    people = {}
    for role, name in NAMES.items():
        user = create_user(email=f"{role}@auental.example", display_name=name, password=PASSWORD)
        people[role] = set_membership(tenant, user, role)
        sessions[str(role)] = session_of(user)
    admin = people[Role.ADMIN].user
    session_of(admin, minutes_ago=200)
    actor = Actor("user", admin.pk, str(admin))
    operator = create_user(
        email="betrieb@auental.example",
        display_name="Olga Petersen",
        password=PASSWORD,
        is_operator=True,
    )
    TOTP.activate(operator, generate_totp_secret())
    RecoveryCodes.activate(operator)
    sessions["operator"] = session_of(operator)
    stranger = create_user(
        email="fremd@auental.example", display_name="Frieda Fremd", password=PASSWORD
    )
    sessions["stranger"] = session_of(stranger)
    gone = create_user(email="weg@auental.example", display_name="Willi Weg", password=PASSWORD)
    deactivate_person(gone.pk, actor=SYSTEM)
    ids["member"] = str(people[Role.EDITOR].pk)
    ids["town_id"] = str(tenant.pk)
    _, ids["invitation"] = invite_person(
        email="neu@auental.example", display_name="Nele Neu", actor=SYSTEM
    )
    invite_member(
        tenant, email="bald@auental.example", display_name="Bea Bald", role=Role.DESK, actor=actor
    )
    ids["first_steps"] = create_first_admin_link()
    return sessions, ids, actor


def seed_keys(tenant, actor: Actor, thing_id: str) -> dict[str, str]:
    """Make one key that lives, one that ends soon, one that was rotated; return an id."""
    key, _ = create_key(tenant_id=tenant.pk, name="Zentrale", scopes=["read", "write"], actor=actor)
    limits = KeyLimits(thing_ids=[int(thing_id)], expires_us=now_us() + 3 * DAY_US)
    create_key(tenant_id=tenant.pk, name="Pegel", scopes=["mqtt"], actor=actor, limits=limits)
    old, _ = create_key(tenant_id=tenant.pk, name="Alt", scopes=["read"], actor=actor)
    rotate_key(old.pk, tenant_id=tenant.pk, overlap_hours=24, actor=actor)
    return {"key": str(key.pk)}


def seed_job(tenant, actor: Actor) -> dict[str, str]:
    """Leave one job in the queue; the server finishes it."""
    return {"job": start_job(clear_old_events, title="Probe", tenant_id=tenant.pk, actor=actor)}


def main() -> None:
    """Seed and tell."""
    tenant = create_tenant(
        level="demo",
        ars="990000000001",
        slug="auental",
        name="Auental",
        is_demo=True,
        boundary=OUTLINE,
        population=8200,
    )
    sessions, ids, actor = seed_people(tenant)
    ids |= seed_data(tenant, actor)
    ids |= seed_edits(tenant, ids, actor)
    ids |= seed_long_series(tenant, ids, actor)
    ids |= seed_alerts(tenant, ids, actor)
    ids |= seed_keys(tenant, actor, ids["thing"])
    ids |= seed_imports(sessions["admin"])
    ids |= seed_intake(tenant, actor)
    ids |= seed_papers(tenant, actor, ids["thing"])
    ids["project"] = str(make_project(tenant.pk).pk)
    ids |= seed_loop(tenant, actor, ids["project"])
    ids |= seed_job(tenant, actor)
    stop_writers()
    print(json.dumps({"sessions": sessions, "ids": ids}))


main()
