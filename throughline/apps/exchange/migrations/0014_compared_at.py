import django.utils.timezone
from django.db import migrations, models
from django.db.models import F


def _say(apps, _):
    apps.get_model("exchange", "Delivery").objects.update(compared_at=F("at"))


class Migration(migrations.Migration):
    """The moment as of which files were compared with the register: of those that there are, when they came."""

    dependencies = [("exchange", "0013_what_rows_count_as")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="compared_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="register compared as of"),
        ),
        migrations.RunPython(_say, migrations.RunPython.noop),
    ]
