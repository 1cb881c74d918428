from django.db import migrations

_CHARACTERISTICS = "CharacteristicCode"


def _empty(apps, _):
    rows = apps.get_model("exchange", "Row").objects
    for row in rows.exclude(problems=[]).select_related("delivery").only("problems", "delivery__kind").iterator():
        told = [each for each in row.problems if each.get("who") and each["value"]
                and (each["field"] == _CHARACTERISTICS or row.delivery.kind != "return")]
        for each in told:
            each["value"] = ""
        if told:
            row.save(update_fields=["problems"])


class Migration(migrations.Migration):
    """Values that only the register held, or of characteristics, leave the rules of the return that rows of files break."""

    dependencies = [("exchange", "0014_compared_at")]

    operations = [migrations.RunPython(_empty, migrations.RunPython.noop)]
