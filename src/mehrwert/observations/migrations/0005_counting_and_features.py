"""Small indexes for counting a range of time, and which features the readings of a series have.

The partial indexes hold only what is rare: readings without a number, and intervals longer than an
hour. With them the hour buckets count a range exactly.
"""

from django.db import migrations, models

INDEXES = (
    "CREATE INDEX obs_observation_empty ON obs_observation (datastream_id, time)"
    " WHERE result IS NULL",
    "CREATE INDEX obs_observation_long ON obs_observation (datastream_id)"
    " WHERE duration > 3600000000",
)
KNOWN = (
    "INSERT INTO obs_series_feature (feature_id, datastream_id)"
    " SELECT DISTINCT feature_id, datastream_id FROM obs_observation WHERE feature_id IS NOT NULL"
)


def lay_out(apps, schema_editor):
    for statement in (*INDEXES, KNOWN):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("observations", "0004_trash")]

    operations = [
        migrations.CreateModel(
            name="SeriesFeature",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "feature_id",
                        "datastream_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("feature_id", models.IntegerField()),
                ("datastream_id", models.IntegerField()),
            ],
            options={"db_table": "obs_series_feature"},
        ),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
