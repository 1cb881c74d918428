from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0008_left_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='opening',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='closed before its time at'),
        ),
    ]
