from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0011_people_of_invented_places")]

    operations = [
        migrations.AddField(
            model_name="secondlook",
            name="helper_tenant_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="secondlook",
            index=models.Index(fields=["helper_tenant_id", "state"], name="second_look_helper"),
        ),
    ]
