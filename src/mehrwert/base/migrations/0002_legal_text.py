from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="LegalText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True)),
                ("at_us", models.BigIntegerField()),
                ("actor_label", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={"db_table": "base_legal_text"},
        ),
        migrations.AddIndex(
            model_name="legaltext",
            index=models.Index(fields=["page", "-id"], name="base_legal_page"),
        ),
    ]
