from django.db import migrations, models


class Migration(migrations.Migration):
    """An amendment may add a code that the file has not, and says so."""

    dependencies = [
        ('codelists', '0005_rules_from_a_day_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='amendment',
            name='added',
            field=models.BooleanField(default=False, verbose_name='adds the code'),
        ),
    ]
