"""Makes Auental: stations, series, their readings before today, and the key of the simulator."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings

from mehrwert.accounts.actions import create_key
from mehrwert.accounts.queries import read_key
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.demo import town
from mehrwert.demo.queries import Beginning, read_series_states
from mehrwert.demo.rules import Probe, Shower, World
from mehrwert.municipalities.actions import create_tenant
from mehrwert.municipalities.models import Tenant
from mehrwert.observations import actions as observations
from mehrwert.observations.choices import DuplicatePolicy
from mehrwert.observations.queries import (
    list_edits,
    list_imports,
    read_observations,
)

DOOR = "simulator"
KEY_FILE = "simulator.key"
KEY_NAME = "Simulator der Demo"
# whose values a table with slipped commas has changed, for the page of edits
SLIPPED, SLIPPED_FILE = "wetter-rathaus/air_temperature", "Ablesung (erfunden).csv"
CLERK = Actor("system", label="Alex Winter (Demo)")
SILENCE_US = 3 * 3600 * 1_000_000
SOURCE = "Erfunden: Simulator der Demo"


def prepare_auental(
    beginning: Beginning, showers: tuple[Shower, ...], tenant: Tenant | None
) -> Tenant:
    """Make the town with its newest readings; repeating it changes nothing."""
    if tenant is None:
        tenant = create_tenant(
            level="demo",
            ars=town.ARS,
            slug=town.SLUG,
            name=town.NAME,
            is_demo=True,
            boundary=town.boundary(),
            population=town.POPULATION,
        )
    context = _context(tenant.pk)
    observations.transact(lambda tx: _make_stations(tx, context))
    world = make_world(beginning, beginning.seeded_us, showers)
    ids = {key: state.datastream_id for key, state in read_series_states(tenant.pk).items()}
    batches = [
        batch
        for probe in town.all_probes()
        if (batch := _batch(world, probe, ids, beginning.newest_us, _last_us(probe, beginning)))
    ]
    observations.record_observations(context, batches)
    _slip_a_comma(tenant.pk, ids[SLIPPED], beginning.newest_us)
    return tenant


def _slip_a_comma(tenant_id: int, datastream_id: int, after_us: int) -> None:
    """Let somebody read in a table with slipped commas and take that back; once."""
    if list_imports(tenant_id):
        return
    rows = read_observations(tenant_id, datastream_id, after_us, newest_first=False, limit=3)
    batch = observations.ReadingBatch(
        datastream_id, [row.time_us for row in rows], [float(row.result) * 100 for row in rows]
    )
    number = observations.start_import(_context(tenant_id), label=SLIPPED_FILE)
    clerk = replace(_context(tenant_id), actor=CLERK, policy=DuplicatePolicy.CORRECT)
    observations.record_observations(replace(clerk, import_id=number), [batch])
    for edit in list_edits(tenant_id, datastream_id):
        observations.take_back_edit(clerk, datastream_id, edit.id, reason="Komma verrutscht")


def make_world(beginning: Beginning, until_us: int, showers: tuple[Shower, ...]) -> World:
    """Return the town as it is from its beginning until a time."""
    return World(town.SEED, beginning.start_us, until_us, showers, town.soil_places())


def load_history(
    tenant_id: int,
    beginning: Beginning,
    *,
    first: int,
    report: Callable[[int, int, str], None],
) -> int:
    """Load what lies before the newest readings, series by series; return how many readings.

    Args:
        tenant_id: Auental.
        beginning: What was loaded already.
        first: Number of the series to go on with.
        report: Called after each series with number of the next, of all, and name of the station.
    """
    context = _context(tenant_id)
    world = make_world(beginning, beginning.newest_us, ())
    ids = {key: state.datastream_id for key, state in read_series_states(tenant_id).items()}
    names = {station.key: station.name for station in town.stations()}
    probes = town.all_probes()
    created = 0
    for number, probe in enumerate(probes):
        if number < first:
            continue
        batch = _batch(world, probe, ids, beginning.start_us, beginning.newest_us)
        if batch is not None:
            created += observations.record_observations(context, [batch]).created
        report(number + 1, len(probes), names[probe.station])
    return created


def open_key(tenant_id: int) -> str:
    """Return the key with which the simulator writes, made if there is none that works.

    It lies in the folder of the demo, readable only for whoever runs it.
    """
    path = Path(settings.DATA_DIR) / KEY_FILE
    kept = path.read_text(encoding="ascii").strip() if path.exists() else ""
    grant = read_key(kept) if kept else None
    if grant is not None and grant.tenant_id == tenant_id:
        return kept
    _, whole = create_key(tenant_id=tenant_id, name=KEY_NAME, scopes=["write"], actor=SYSTEM)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(whole, encoding="ascii")
    return whole


def _context(tenant_id: int) -> observations.WriteContext:
    """Return who writes. Strict: what was loaded by an older version of the rules stays alone."""
    return observations.WriteContext(tenant_id, DOOR, SYSTEM, policy=DuplicatePolicy.STRICT)


def _last_us(probe: Probe, beginning: Beginning) -> int:
    """Return until when a series is made at first: one station has fallen silent before."""
    is_silent = probe.station == town.SILENT_STATION
    return beginning.seeded_us - (SILENCE_US if is_silent else 0)


def _batch(
    world: World, probe: Probe, ids: dict[str, int], after_us: int, until_us: int
) -> observations.ReadingBatch | None:
    times = probe.times_us(after_us, until_us)
    if not len(times):
        return None
    ends = times + probe.interval_us if probe.is_interval else None
    values = world.read(probe, times)
    return observations.ReadingBatch(ids[probe.key], times, values, ends_us=ends)


def _make_stations(tx: Any, context: observations.WriteContext) -> None:
    """Make sensors, properties, stations and series in one transaction."""
    sensors = dict(_make_sensors(tx, context))
    properties = {
        measure.key: observations.find_or_create_observed_property(
            context, tx=tx, external_key=f"measure/{measure.key}", name=measure.name
        )
        for measure in town.MEASURES.values()
    }
    for station in town.stations():
        place = {"type": "Point", "coordinates": [station.lon, station.lat]}
        location = observations.find_or_create_location(
            context, tx=tx, external_key=station.key, name=station.district, location=place
        )
        thing = observations.find_or_create_thing(
            context,
            tx=tx,
            external_key=station.key,
            location_ids=[location],
            name=station.name,
            field=station.kind.field,
            description=f"{station.kind.device}. Erfundene Messstelle der Demo.",
            properties={"demo": True},
        )
        for key in station.kind.measures:
            measure = town.MEASURES[key]
            observations.find_or_create_datastream(
                context,
                tx=tx,
                external_key=f"{station.key}/{key}",
                thing_id=thing,
                sensor_id=sensors[station.kind.key],
                observed_property_id=properties[key],
                **_series_fields(measure),
            )


def _make_sensors(tx: Any, context: observations.WriteContext) -> Iterator[tuple[str, int]]:
    for kind in {station.kind.key: station.kind for station in town.stations()}.values():
        sensor = observations.find_or_create_sensor(
            context, tx=tx, external_key=f"sensor/{kind.key}", name=kind.device
        )
        yield kind.key, sensor


def _series_fields(measure: town.Measure) -> dict[str, Any]:
    return {
        "name": measure.name,
        "description": "Erfundene Werte der Demo.",
        "unit_name": measure.unit_name,
        "unit_symbol": measure.unit,
        "unit_definition": f"ucum:{measure.ucum}",
        "aggregation": measure.aggregation.value,
        "expected_interval_s": measure.interval_s,
        "source": SOURCE,
        "licence": "CC0-1.0",
        "credit": "Demo",
    }
