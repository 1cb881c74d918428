from django.db import migrations


def copy(apps, schema_editor):
    """A row of each learner who is there still; of those who were forgotten, what was said goes."""
    bulk_update, change = apps.get_model("followup", "BulkUpdate"), apps.get_model("followup", "BulkChange")
    there = set(apps.get_model("learners", "Learner").objects.values_list("pk", flat=True))
    for bulk in bulk_update.objects.all():
        change.objects.bulk_create(change(bulk=bulk, learner_id=int(pk), says=says)
                                   for pk, says in bulk.said.items() if int(pk) in there)


class Migration(migrations.Migration):

    dependencies = [
        ("followup", "0003_bulk_changes_by_learner"),
    ]

    operations = [
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
