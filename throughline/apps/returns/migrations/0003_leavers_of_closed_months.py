import gzip
import io

from django.conf import settings
from django.db import migrations


def read_leavers(apps, schema_editor):
    """The months that were closed before leavers were noted say in their returns who left."""
    from throughline.analytics.formats.nccis.reading import open_return
    from throughline.analytics.participation.codesets import load_codeset

    leaving = load_codeset(settings.DEFINITIONS, "cohort_status").ever("leaver", "yes")
    for close in apps.get_model("returns", "MonthClose").objects.iterator(chunk_size=1):
        file = open_return(io.BytesIO(gzip.decompress(bytes(close.content))), "return.xml")
        close.leavers = [each.young_persons_id[3:] for each in file if each.cohort_status in leaving]
        close.save(update_fields=["leavers"])


class Migration(migrations.Migration):

    dependencies = [
        ('returns', '0002_leavers'),
    ]

    operations = [
        migrations.RunPython(read_leavers, migrations.RunPython.noop),
    ]
