"""Keys carry their MQTT hash, links their maker; on PostgreSQL the counters of rate limits get a table."""

from django.core.management import call_command
from django.db import migrations, models


def create_rate_limit_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="apikey",
            name="mqtt_hash",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="onetimelink",
            name="created_by_id",
            field=models.BigIntegerField(default=0),
        ),
        migrations.RunPython(create_rate_limit_table, migrations.RunPython.noop),
    ]
