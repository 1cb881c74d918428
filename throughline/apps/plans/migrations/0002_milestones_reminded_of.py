import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reminder',
            name='each_reminder_once',
        ),
        migrations.AddField(
            model_name='reminder',
            name='milestone',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='plans.milestone'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('milestone', None)), fields=('action', 'kind', 'due_on', 'to'), name='each_reminder_once'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('milestone', None), _negated=True), fields=('milestone', 'kind', 'due_on', 'to'), name='each_milestone_once'),
        ),
    ]
