from django.db import migrations, models


def _forget(apps, _):
    apps.get_model("exchange", "Delivery").objects.exclude(forgotten_at=None).update(headings=[])


class Migration(migrations.Migration):
    """Lists whose first row is somebody; and headings, which may be somebody's row, are forgotten with the file."""

    dependencies = [
        ("exchange", "0011_which_sources_list_a_place"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="no_headings",
            field=models.BooleanField(default=False, verbose_name="its first row is somebody and no headings"),
        ),
        migrations.RunPython(_forget, migrations.RunPython.noop),
    ]
