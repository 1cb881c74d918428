import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("followup", "0002_points_and_days_of_meetings"),
        ("learners", "0007_kept_longer"),
    ]

    operations = [
        migrations.RenameField("bulkupdate", "changes", "said"),  # so that the rows may have the name
        migrations.CreateModel(
            name="BulkChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("says", models.JSONField()),
                ("bulk", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="followup.bulkupdate")),
                ("learner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="learners.learner")),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("bulk", "learner"), name="one_change_a_learner_of_a_bulk_update")],
            },
        ),
    ]
