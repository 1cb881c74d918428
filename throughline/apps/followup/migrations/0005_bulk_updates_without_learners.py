from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("followup", "0004_copy_bulk_changes"),
    ]

    operations = [
        migrations.RemoveField("bulkupdate", "said"),
    ]
