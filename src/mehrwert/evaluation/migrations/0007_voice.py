"""People without an account answer by a link; their answers stand beside those of the role."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0006_house_template")]

    operations = [
        migrations.CreateModel(
            name="Voice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tenant_id", models.BigIntegerField()),
                ("role", models.CharField(max_length=12)),
                ("moment", models.CharField(max_length=8)),
                ("label", models.CharField(max_length=80)),
                ("link_hash", models.CharField(max_length=64, unique=True)),
                ("expires_us", models.BigIntegerField()),
                ("answered_us", models.BigIntegerField(null=True)),
                ("ended_us", models.BigIntegerField(null=True)),
                ("made_us", models.BigIntegerField()),
                ("made_by", models.CharField(blank=True, max_length=200)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voices",
                        to="evaluation.evaluation",
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(model_name="answer", name="evaluation_answer_once"),
        migrations.AddField(
            model_name="answer",
            name="voice",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="evaluation.voice",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                condition=models.Q(voice=None),
                fields=["evaluation", "question", "role", "moment"],
                name="evaluation_answer_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=["voice", "question"], name="evaluation_voice_once"
            ),
        ),
    ]
