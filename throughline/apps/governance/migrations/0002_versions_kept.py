import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def keep_what_is_held(apps, schema_editor):
    """What minutes and answers say now is their first version; who saved it before versions were kept is not known."""
    Meeting, Question = apps.get_model("governance", "Meeting"), apps.get_model("governance", "ScrutinyQuestion")
    MinutesVersion, AnswerVersion = apps.get_model("governance", "MinutesVersion"), apps.get_model("governance", "AnswerVersion")
    for meeting in Meeting.objects.exclude(minutes="").iterator():
        MinutesVersion.objects.create(meeting=meeting, minutes=meeting.minutes, minutes_agreed_on=meeting.minutes_agreed_on)
    for question in Question.objects.exclude(answer="").iterator():
        AnswerVersion.objects.create(question=question, answer=question.answer, answered_by=question.answered_by,
                                     answered_on=question.answered_on)


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.TextField(blank=True)),
                ('answered_by', models.CharField(blank=True, max_length=200, verbose_name='answered by, as printed')),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answer_versions', to='governance.scrutinyquestion')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='MinutesVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.TextField(blank=True)),
                ('minutes_agreed_on', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='minutes_versions', to='governance.meeting')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.RunPython(keep_what_is_held, migrations.RunPython.noop),
    ]
