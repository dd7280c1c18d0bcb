"""A house's own ODT and Word templates; a released paper names those it stands on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0005_house_profile")]

    operations = [
        migrations.CreateModel(
            name="HouseTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tenant_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=4)),
                ("name", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("made_us", models.BigIntegerField()),
                ("made_by", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["tenant_id", "kind", "-id"], name="evaluation_house_template"
                    )
                ]
            },
        ),
        migrations.AddField(
            model_name="councilpaper",
            name="templates",
            field=models.JSONField(default=dict),
        ),
    ]
