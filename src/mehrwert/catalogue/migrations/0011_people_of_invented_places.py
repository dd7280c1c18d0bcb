from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0010_second_looks")]

    operations = [
        migrations.AddField(
            model_name="adoption",
            name="place_population",
            field=models.IntegerField(null=True),
        ),
    ]
