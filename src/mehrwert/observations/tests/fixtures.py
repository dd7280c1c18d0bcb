"""A store on the engine of the run, and a small town to measure in."""

from dataclasses import dataclass

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.observations import actions
from mehrwert.observations.stores import close_stores, get_store
from mehrwert.observations.writer import stop_writers

# for tests that need no table of other rooms: only those of this one are emptied afterwards
OWN_TABLES = pytest.mark.django_db(
    transaction=True,
    databases=["default", "observations"],
    available_apps=["mehrwert.observations"],
)

TABLES = (
    "obs_observation",
    "obs_observation_extra",
    "obs_moved_observation",
    "obs_series_feature",
    "obs_observation_history",
    "obs_hour_bucket",
    "obs_dirty_hours",
    "obs_datastream_state",
    "obs_thinned",
    "obs_retention_policy",
    "obs_calibration",
    "obs_retention_hold",
    "obs_trash",
    "obs_import_range",
    "obs_import_batch",
    "obs_historical_location_location",
    "obs_historical_location",
    "obs_thing_location",
    "obs_datastream",
    "obs_feature",
    "obs_sensor",
    "obs_observed_property",
    "obs_thing",
    "obs_location",
    "obs_raw_message",
    "obs_raw_source",
    "obs_outbox",
    "obs_audit",
)


@dataclass(frozen=True)
class Town:
    """Ids of one thing with its series."""

    context: actions.WriteContext
    location_id: int
    thing_id: int
    sensor_id: int
    property_id: int
    datastream_id: int

    @property
    def tenant_id(self) -> int:
        return self.context.tenant_id

    def add_datastream(self, **fields) -> int:
        given = {
            "name": "Pegelstand",
            "thing_id": self.thing_id,
            "sensor_id": self.sensor_id,
            "observed_property_id": self.property_id,
            "unit_name": "Meter",
            "unit_symbol": "m",
        }
        return actions.create_datastream(self.context, **{**given, **fields})

    def record(self, times, results, datastream_id=None, **columns):
        batch = actions.ReadingBatch(datastream_id or self.datastream_id, times, results, **columns)
        return actions.record_observations(self.context, [batch])


def empty_store() -> None:
    """Stop the writer and delete every row."""
    stop_writers()
    connection = get_store().open_writer()
    try:
        connection.begin(alone=True)
        tables = [*TABLES]
        if connection.engine == "sqlite":
            tables += ["obs_location_rtree", "obs_feature_rtree"]
        for table in tables:
            connection.execute(f"DELETE FROM {table}")
        connection.commit()
    finally:
        connection.close()
    close_stores()


@pytest.fixture
def observation_store(transactional_db):
    """The store, empty before; Django empties it afterwards."""
    empty_store()
    yield get_store()
    stop_writers()
    close_stores()


def make_town(tenant_id: int = 1, **context) -> Town:
    """One thing at a brook with one series."""
    who = actions.WriteContext(tenant_id, "test", SYSTEM, **context)
    location_id = actions.create_location(
        who, name="Brücke", location={"type": "Point", "coordinates": [7.6, 51.9]}
    )
    thing_id = actions.create_thing(who, name="Pegel Mühlbach", location_ids=[location_id])
    sensor_id = actions.create_sensor(who, name="Drucksonde", metadata="https://example.org/sonde")
    property_id = actions.create_observed_property(who, name="Wasserstand", definition="urn:level")
    town = Town(who, location_id, thing_id, sensor_id, property_id, 0)
    return Town(who, location_id, thing_id, sensor_id, property_id, town.add_datastream())


@pytest.fixture
def town(observation_store) -> Town:
    return make_town()
