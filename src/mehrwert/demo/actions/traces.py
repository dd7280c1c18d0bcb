"""What people leave behind at work: a table read in, something thrown away, a draft. All invented.

So no page of Auental is empty that a visitor opens.
"""

import csv
import json
import math
from datetime import date, timedelta
from pathlib import Path
from shutil import rmtree

from mehrwert.base.actor import Actor
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.table_files import actions as table_files
from mehrwert.demo.choices import BY_ROLE
from mehrwert.observations import actions as observations
from mehrwert.observations.queries import list_datastreams, list_trash
from mehrwert.portfolio import actions as portfolio
from mehrwert.portfolio.choices import DutyKind
from mehrwert.portfolio.queries import list_projects

EDITOR = Actor("system", label=BY_ROLE["editor"].display_name)
LEAD = Actor("system", label=BY_ROLE["lead"].display_name)
SERVED = "Pegelwarnung an der Aue"
BATTERY, KEPT_DAYS = "Batteriespannung", 730
VISITS = "Besuche"
SEASON_DAYS = 123  # from the middle of May
TRIAL_VALUES = 48
HOUR_US = 3_600_000_000
DESCRIPTION = """
key = "auental-freibad"
title = "Freibad, Besuche je Tag (erfunden)"

[table]
time = "Tag"
delimiter = ";"
decimal = ","
covers_s = 86400

[stations]
table = "{station}.csv"
field = "Kultur & Freizeit"
description = "Erfundene Messstelle der Demo."

[series]
property = "Besuche"
sensor = "Drehkreuz"
unit_name = "Besuche je Tag"
unit_symbol = "Besuche"
aggregation = "sum"
expected_interval_s = 86400
name = "{channel}"
total_name = "Besuche"
description = "Erfundene Werte der Demo."
total_description = "Erfundene Werte der Demo."
source = "Erfunden: Kassenbuch des Freibads"
licence = "CC0-1.0"
credit = "Demo"
protection = "open"
"""


def leave_traces(tenant_id: int, today: date, now_us: int, folder: Path) -> None:
    """Leave a table, a thing in the trash, a draft and a duty; once.

    Args:
        tenant_id: Auental.
        today: The day of the visit.
        now_us: The time of the visit.
        folder: An empty folder for the table; it is removed at the end.
    """
    if list_trash(tenant_id):
        return
    _read_table(tenant_id, today, folder)
    _throw_away(tenant_id, now_us)
    _draft_retention(tenant_id)
    _name_duty(tenant_id)


def _read_table(tenant_id: int, today: date, folder: Path) -> None:
    """Import the visits of the last whole season as somebody in the office would."""
    year = today.year if today > date(today.year, 9, 20) else today.year - 1
    folder.mkdir(parents=True, exist_ok=True)
    station = {
        "station": "freibad",
        "name": "Freibad Auental, Kasse",
        "channels": {"Besuche": "Besuche"},
        "longitude": 10.2102,
        "latitude": 51.2895,
    }
    (folder / "stations.json").write_text(json.dumps([station]), encoding="utf-8")
    with (folder / "freibad.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(["Tag", "Besuche"])
        for n in range(SEASON_DAYS):
            day = date(year, 5, 15) + timedelta(days=n)
            table.writerow([day.isoformat(), _visits(n, day)])
    source = table_files.FolderSource(folder, table_files.load_description(DESCRIPTION))
    context = observations.WriteContext(tenant_id, "table", EDITOR)
    table_files.import_described(context, source, lambda progress: None)
    rmtree(folder)
    for row in list_datastreams(tenant_id):
        if (
            row.property_name == VISITS
        ):  # the season is over: nothing is expected, nothing is silent
            properties = {**(row.properties or {}), "closed": True}
            observations.update_datastream(context, row.id, properties=properties)


def _visits(n: int, day: date) -> int:
    """Return the visits of a day: more in high summer and at weekends, few on cool days."""
    season = math.sin(math.pi * n / SEASON_DAYS)
    weather = 0.55 + 0.45 * math.sin(n / 4.1) * math.cos(n / 9.7)
    return round(40 + 620 * season * weather * (1.5 if day.weekday() >= 5 else 1.0))


def _throw_away(tenant_id: int, now_us: int) -> None:
    """Put a trial device into the trash, from where a click brings it back."""
    context = observations.WriteContext(tenant_id, "form", EDITOR)
    series = observations.SeriesByHand(
        "Lufttemperatur",
        "Testgerät",
        {
            "name": "Lufttemperatur",
            "unit_name": "Grad Celsius",
            "unit_symbol": "°C",
            "unit_definition": "Cel",
            "expected_interval_s": 3600,
            "source": "Erfunden: Probe in der Werkstatt",
            "licence": "CC0-1.0",
        },
    )
    place = observations.Place("Werkstatt des Bauhofs", None, None, False)
    thing_id, series_id = observations.set_up_thing(
        context,
        name="Testgerät in der Werkstatt",
        description="Erfundene Messstelle der Demo.",
        place=place,
        series=series,
    )
    hours = range(TRIAL_VALUES, 0, -1)
    times = [now_us - n * HOUR_US for n in hours]
    values = [round(18 + 1.5 * math.sin(n / 4), 1) for n in hours]
    batch = observations.ReadingBatch(series_id, times, values)
    observations.record_observations(context, [batch])
    observations.put_away_thing(context, thing_id)


def _draft_retention(tenant_id: int) -> None:
    """Propose how long the voltage of batteries is kept; a draft removes nothing."""
    found = [row for row in list_datastreams(tenant_id) if row.property_name == BATTERY]
    if found:
        context = observations.WriteContext(tenant_id, "retention", LEAD)
        observations.set_policy(
            context, "property", found[0].property_id, raw_days=KEPT_DAYS, hour_days=None
        )


def _name_duty(tenant_id: int) -> None:
    """Say which duty the warning of the brook serves."""
    with tenant_scope(tenant_id):
        row = list_projects().filter(title=SERVED).first()
        if row is not None:
            duty = portfolio.DutyInput(
                task="Menschen vor Hochwasser der Aue warnen (erfunden)",
                norm="Gefahrenabwehrplan der Stadt Auental (erfunden)",
                kind=DutyKind.OBLIGATORY,
            )
            portfolio.add_duty(row, duty, actor=LEAD)
