"""Which rows change characteristics alone: where these are restricted, the row is told as the same to those who opened nothing."""

from django.db import migrations, models
from django.db.models.functions import Cast

_AT_ONCE = 500


def _say(apps, _):
    rows = apps.get_model("exchange", "Row").objects
    some = rows.filter(outcome="changed").annotate(told=Cast("changes", models.TextField())).filter(told__contains='"trait"')
    found = [key for key, changes in some.order_by().values_list("pk", "changes").iterator()
             if all(each["what"] == "trait" for each in changes)]
    for first in range(0, len(found), _AT_ONCE):
        rows.filter(pk__in=found[first:first + _AT_ONCE]).update(only_traits=True)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0018_compared_by")]

    operations = [
        migrations.AddField(
            model_name="row", name="only_traits",
            field=models.BooleanField(default=False, verbose_name="changes characteristics alone"),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(fields=["delivery"], condition=models.Q(only_traits=True), name="row_of_traits_alone"),
        ),
        migrations.RunPython(_say, migrations.RunPython.noop),
    ]
