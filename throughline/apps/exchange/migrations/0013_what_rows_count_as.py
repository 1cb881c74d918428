"""What whoever a row of a list is about would count as in the headline; rows that are kept already say nothing of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0012_lists_without_headings")]

    operations = [
        migrations.AddField(
            model_name="row", name="counts_as",
            field=models.CharField(blank=True, choices=[("known", "Known"), ("not_known", "Not known")], max_length=10,
                                   verbose_name="what they count as in the headline")),
    ]
