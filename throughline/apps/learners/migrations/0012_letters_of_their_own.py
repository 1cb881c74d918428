"""Folds names anew in which letters stand that no accent can be taken from, as ł, đ and ø."""

from django.db import migrations, models

from throughline.apps.learners.models.name import folded

_AT_ONCE = 500


def _fold(apps, schema_editor):
    """Only names that were folded to more than plain letters can fold to something else."""
    Name = apps.get_model("learners", "Name")
    held = models.QuerySet(Name, using=schema_editor.connection.alias if schema_editor else None)
    found = [Name(pk=pk, sought=folded(sought)[:300]) for pk, sought in held.values_list("pk", "sought").iterator()
             if not sought.isascii()]
    held.bulk_update(found, ["sought"], batch_size=_AT_ONCE)


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0011_lists_of_places'),
    ]

    operations = [
        migrations.RunPython(_fold, migrations.RunPython.noop),
    ]
