from django.db import migrations


def _say(apps, _):
    lists = apps.get_model("exchange", "Delivery").objects.filter(kind="list").exclude(source=None)
    found = lists.values_list("source_id", "establishment", "constants").iterator()
    sources = [source for source, establishment, constants in found if establishment or constants.get("ukprn")]
    known = apps.get_model("learners", "Source").objects
    for at in range(0, len(sources), 900):
        known.filter(pk__in=sources[at:at + 900]).update(lists_a_place=True)


class Migration(migrations.Migration):
    """Of the files that were accepted before it was kept with their source, which were the list of a place."""

    dependencies = [
        ("exchange", "0010_words_that_were_taught"),
        ("learners", "0011_lists_of_places"),
    ]

    operations = [migrations.RunPython(_say, migrations.RunPython.noop)]
