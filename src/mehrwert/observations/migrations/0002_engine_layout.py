"""What Django cannot express: clustered rows, boxes of geometries, texts ordered by code point.

Replaces the (empty) tables of readings that 0001 made by the layout of each engine. A later
migration that changes one of these tables must do so by SQL as well: Django would rebuild it.
"""

from django.db import migrations

SQLITE = """
DROP TABLE obs_observation;
DROP TABLE obs_observation_extra;
DROP TABLE obs_hour_bucket;
CREATE TABLE obs_observation (
  datastream_id INTEGER NOT NULL, time INTEGER NOT NULL, seq INTEGER NOT NULL, result REAL,
  duration INTEGER, result_time INTEGER, feature_id INTEGER, quality INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (datastream_id, time, seq)) WITHOUT ROWID;
CREATE UNIQUE INDEX obs_observation_seq ON obs_observation (datastream_id, seq);
CREATE TABLE obs_observation_extra (
  datastream_id INTEGER NOT NULL, seq INTEGER NOT NULL, result TEXT, parameters TEXT,
  valid_start INTEGER, valid_end INTEGER, result_quality TEXT, qualifiers TEXT,
  PRIMARY KEY (datastream_id, seq)) WITHOUT ROWID;
CREATE TABLE obs_hour_bucket (
  datastream_id INTEGER NOT NULL, hour INTEGER NOT NULL, n INTEGER NOT NULL, sum REAL, min REAL,
  max REAL, first REAL, last REAL, n_bad INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (datastream_id, hour)) WITHOUT ROWID;
CREATE VIRTUAL TABLE obs_location_rtree USING rtree(id, min_lon, max_lon, min_lat, max_lat);
CREATE VIRTUAL TABLE obs_feature_rtree USING rtree(id, min_lon, max_lon, min_lat, max_lat)
"""

# Without seq in the index of times a reading takes 30 bytes less; states and hours are changed in
# place, so their pages keep room.
POSTGRES = """
DROP TABLE obs_observation;
DROP TABLE obs_observation_extra;
DROP TABLE obs_hour_bucket;
CREATE TABLE obs_observation (
  time bigint NOT NULL, result double precision, duration bigint, result_time bigint,
  datastream_id integer NOT NULL, seq integer NOT NULL, feature_id integer,
  quality smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (datastream_id, seq));
CREATE INDEX obs_observation_time ON obs_observation (datastream_id, time);
CREATE TABLE obs_observation_extra (
  datastream_id integer NOT NULL, seq integer NOT NULL, result jsonb, parameters jsonb,
  valid_start bigint, valid_end bigint, result_quality jsonb, qualifiers text,
  PRIMARY KEY (datastream_id, seq));
CREATE TABLE obs_hour_bucket (
  sum double precision, min double precision, max double precision, first double precision,
  last double precision, datastream_id integer NOT NULL, hour integer NOT NULL,
  n integer NOT NULL, n_bad integer NOT NULL DEFAULT 0,
  PRIMARY KEY (datastream_id, hour));
ALTER TABLE obs_datastream_state SET (fillfactor = 60);
ALTER TABLE obs_hour_bucket SET (fillfactor = 85);
ALTER TABLE obs_location ADD COLUMN geom geometry(Geometry, 4326);
CREATE INDEX obs_location_geom ON obs_location USING gist (geom);
ALTER TABLE obs_feature ADD COLUMN geom geometry(Geometry, 4326);
CREATE INDEX obs_feature_geom ON obs_feature USING gist (geom)
"""

TEXTS = {
    "obs_thing": ["name", "description", "external_key", "field"],
    "obs_location": ["name", "description", "external_key", "encoding_type"],
    "obs_sensor": ["name", "description", "external_key", "encoding_type"],
    "obs_observed_property": ["name", "description", "external_key", "definition"],
    "obs_datastream": [
        "name",
        "description",
        "external_key",
        "observation_type",
        "unit_name",
        "unit_symbol",
        "unit_definition",
        "aggregation",
        "source",
        "licence",
        "credit",
        "protection",
    ],
    "obs_feature": ["name", "description", "external_key", "encoding_type"],
}


def lay_out(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        for statement in SQLITE.split(";"):
            schema_editor.execute(statement)
        return
    for statement in POSTGRES.split(";"):
        schema_editor.execute(statement)
    with connection.cursor() as cursor:
        for table, columns in TEXTS.items():
            cursor.execute(
                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                " WHERE attrelid = %s::regclass AND attnum > 0",
                [table],
            )
            types = dict(cursor.fetchall())
            for column in columns:
                cursor.execute(
                    f'ALTER TABLE {table} ALTER COLUMN {column} TYPE {types[column]} COLLATE "C"'
                )


class Migration(migrations.Migration):
    dependencies = [("observations", "0001_initial")]

    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
