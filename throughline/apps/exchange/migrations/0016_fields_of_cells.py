import re

from django.db import migrations

# What a cell breaks that could not be read, as it was said when rows kept its heading and no column.
_OF_CELLS = re.compile("a day of the calendar|[0-9]+ figures|13 characters|a name|a postcode|a known (gender|activity|destination"
                       "|reason for leaving|sort of support)")
_HOME = ("postcode", "address", "address_2", "town")


def _place(apps, _):
    for row in (apps.get_model("exchange", "Row").objects.exclude(problems=[]).exclude(delivery__kind="return")
                .select_related("delivery").only("problems", "delivery__headings", "delivery__mapping").iterator()):
        cells = [each for each in row.problems if each["when"] == "read" and not each.get("who") and "column" not in each
                 and _OF_CELLS.fullmatch(each["rule"])]
        if [each for each in cells if _placed(each, row.delivery)]:
            row.save(update_fields=["problems"])


def _placed(each, delivery):
    """Whether the column was found; of several with one heading it is the one of a home, which not everybody is told."""
    columns = [(delivery.mapping[str(place)], place) for place, heading in enumerate(delivery.headings)
               if heading == each["field"] and delivery.mapping.get(str(place))]
    if columns:
        each["field"], each["column"] = min(columns, key=lambda column: (column[0] not in _HOME, column[1]))
    return bool(columns)


class Migration(migrations.Migration):
    """A cell that could not be read is kept with its column and what that was taken for, in place of its heading."""

    dependencies = [("exchange", "0015_rules_without_what_is_held")]

    operations = [migrations.RunPython(_place, migrations.RunPython.noop)]
