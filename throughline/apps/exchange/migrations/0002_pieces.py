import django.db.models.deletion
from django.db import migrations, models


def bytes_into_pieces(apps, schema_editor):
    """What was kept of a file as one compressed whole is its first and only piece."""
    Delivery, Piece = apps.get_model("exchange", "Delivery"), apps.get_model("exchange", "Piece")
    for key in list(Delivery.objects.values_list("pk", flat=True)):
        content = bytes(Delivery.objects.values_list("content", flat=True).get(pk=key))
        if content:
            Piece.objects.create(delivery_id=key, place=0, content=content)


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='exchange.delivery')),
            ],
            options={
                'ordering': ['delivery', 'place'],
                'constraints': [models.UniqueConstraint(fields=('delivery', 'place'), name='each_piece_once')],
            },
        ),
        migrations.RunPython(bytes_into_pieces, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='delivery',
            name='content',
        ),
    ]
