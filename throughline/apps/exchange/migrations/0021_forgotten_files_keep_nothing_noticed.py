from django.db import migrations


def _forget(apps, _):
    apps.get_model("exchange", "Delivery").objects.filter(forgotten_at__isnull=False).update(noticed={})


class Migration(migrations.Migration):
    """What was noticed of a file is forgotten with its rows; files that were forgotten already lose it here."""

    dependencies = [("exchange", "0020_rows_of_compulsory_school_age")]

    operations = [migrations.RunPython(_forget, migrations.RunPython.noop)]
