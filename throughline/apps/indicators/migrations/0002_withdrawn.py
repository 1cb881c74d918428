from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='indicator',
            name='state',
            field=models.CharField(choices=[('active', 'Active'), ('merged', 'Merged into another'), ('retired', 'Retired'), ('withdrawn', 'Taken out with its plan')], default='active', max_length=10),
        ),
        migrations.AlterField(
            model_name='indicatorchange',
            name='kind',
            field=models.CharField(choices=[('created', 'Registered'), ('amended', 'Amended'), ('renumbered', 'Renumbered'), ('merged', 'Merged'), ('retired', 'Retired'), ('withdrawn', 'Taken out with its plan'), ('restored', 'Brought back')], max_length=12),
        ),
    ]
