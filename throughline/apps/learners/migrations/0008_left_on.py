from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def say_when_they_left(apps, schema_editor):
    """Of leavers the day on which they left is kept, and the rule says until when the record is; it stood as worked out."""
    learners, memberships = apps.get_model("learners", "Learner"), apps.get_model("learners", "Membership")
    held = memberships.objects.filter(learner=OuterRef("pk"), known_to=None).order_by("-starts", "-id")
    learners.objects.exclude(kept_until=None).update(left_on=Subquery(held.values("starts")[:1]))
    learners.objects.exclude(left_on=None).update(kept_until=None)


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0007_kept_longer'),
    ]

    operations = [
        migrations.AddField(
            model_name='learner',
            name='left_on',
            field=models.DateField(blank=True, null=True, verbose_name='left the cohort on'),
        ),
        migrations.RunPython(say_when_they_left, migrations.RunPython.noop),
    ]
