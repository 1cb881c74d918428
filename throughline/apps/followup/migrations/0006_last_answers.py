from django.db import migrations
from django.db.models import Max, OuterRef, Subquery


def fill(apps, schema_editor):
    """Learners were last answered on the latest day of a contact that was answered and stands: what was logged before counts."""
    learners, contacts = apps.get_model("learners", "Learner"), apps.get_model("followup", "LoggedContact")
    corrected = contacts.objects.exclude(corrects=None).values("corrects")
    answered = contacts.objects.filter(learner=OuterRef("pk"), answered=True).exclude(pk__in=corrected)
    last = answered.order_by().values("learner").annotate(last=Max("on")).values("last")
    learners.objects.filter(answered_on=None).update(answered_on=Subquery(last))


class Migration(migrations.Migration):

    dependencies = [
        ("followup", "0005_bulk_updates_without_learners"),
        ("learners", "0007_kept_longer"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
