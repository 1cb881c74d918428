from django.conf import settings
from django.db import migrations, models


def name_their_lines(apps, schema_editor):
    """Until now a code had one line: what was amended of it is that line, known by its first day."""
    from throughline.analytics.participation.codesets import load_codeset

    for amendment in apps.get_model("codelists", "Amendment").objects.all():
        lines = load_codeset(settings.DEFINITIONS, amendment.codeset).by_code.get(amendment.code)
        if lines and lines[0].valid_from:
            amendment.starts = lines[0].valid_from
            amendment.save(update_fields=["starts"])


class Migration(migrations.Migration):

    dependencies = [
        ('codelists', '0002_numbers_of_rules'),
    ]

    operations = [
        migrations.AddField(
            model_name='amendment',
            name='onward',
            field=models.BooleanField(default=False, verbose_name='from a day on'),
        ),
        migrations.AddField(
            model_name='amendment',
            name='starts',
            field=models.DateField(null=True, verbose_name='first day'),
        ),
        migrations.RunPython(name_their_lines, migrations.RunPython.noop),
    ]
