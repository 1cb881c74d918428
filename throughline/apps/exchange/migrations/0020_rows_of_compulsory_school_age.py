"""Whoever a row of a list is about may count as of compulsory school age; rows that are kept already go on as known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0019_rows_of_traits_alone")]

    operations = [
        migrations.AlterField(
            model_name="row", name="counts_as",
            field=models.CharField(
                blank=True, choices=[("known", "Known"), ("not_known", "Not known"), ("before", "Of compulsory school age")],
                max_length=10, verbose_name="what they count as in the headline")),
    ]
