from django.db import migrations, models


class Migration(migrations.Migration):

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
