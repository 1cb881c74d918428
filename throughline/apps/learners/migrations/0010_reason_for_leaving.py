from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0009_opening_ended'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='intended_next',
            field=models.CharField(blank=True, max_length=3, verbose_name='meant to do next'),
        ),
        migrations.AddField(
            model_name='activity',
            name='leaving_reason',
            field=models.CharField(blank=True, max_length=2, verbose_name='reason for leaving'),
        ),
    ]
