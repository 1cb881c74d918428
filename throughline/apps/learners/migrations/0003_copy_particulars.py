from django.db import migrations
from django.db.models import Min

_SAME = ("born", "gender", "ethnic_group", "school_at_16", "intended_destination")


def copy_particulars(apps, schema_editor):
    """What learners had of their own becomes what is believed of them, since anything was believed of them at all."""
    learners, particulars = apps.get_model("learners", "Learner"), apps.get_model("learners", "Particulars")
    known = learners.objects.annotate(named=Min("names__known_from"), joined=Min("memberships__known_from"))
    rows = known.filter(particulars=None).values_list("pk", "added_at", "named", "joined", *_SAME)
    particulars.objects.bulk_create((
        particulars(learner_id=pk, known_from=min(moment for moment in moments if moment), **dict(zip(_SAME, said, strict=True)))
        for pk, *moments, said in ((row[0], *row[1:4], row[4:]) for row in rows.iterator(chunk_size=5_000))
    ), batch_size=2_000)


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0002_particulars'),
    ]

    operations = [
        migrations.RunPython(copy_particulars, migrations.RunPython.noop),
    ]
