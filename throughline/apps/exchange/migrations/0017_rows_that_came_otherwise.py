"""Which rows came out otherwise when their file was last looked at again; of those that are kept already none is known to have."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0016_fields_of_cells")]

    operations = [
        migrations.AddField(
            model_name="row", name="came_otherwise",
            field=models.BooleanField(default=False, verbose_name="came out otherwise when last looked at again"),
        ),
    ]
