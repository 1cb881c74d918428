"""By which rules and code lists files were compared. Of those that wait already nobody knows it, so that each has to be looked at
again, once, before it is accepted.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0017_rows_that_came_otherwise")]

    operations = [
        migrations.AddField(
            model_name="delivery", name="compared_by",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="rules and code lists compared by"),
            preserve_default=False,
        ),
    ]
