from django.db import migrations

_OTHERS = " The other: "


def keep_apart(apps, schema_editor):
    """The months that were closed before named whom a record clashes with in the message, by their identifiers."""
    for close in apps.get_model("returns", "MonthClose").objects.only("errors").iterator(chunk_size=1):
        for error in close.errors:
            message, _, others = error["message"].partition(_OTHERS)
            if others:
                error.update(message=message, others=[each[3:] for each in others.rstrip(".").split(", ")])
        close.save(update_fields=["errors"])


class Migration(migrations.Migration):

    dependencies = [
        ('returns', '0004_forgotten_months'),
    ]

    operations = [
        migrations.RunPython(keep_apart, migrations.RunPython.noop),
    ]
