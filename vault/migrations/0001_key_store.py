
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DataKey',
            fields=[
                ('owner', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('wrapped', models.BinaryField()),
                ('kek_id', models.CharField(max_length=8)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('destroyed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['kek_id', 'owner'], name='keys_by_kek')],
                'constraints': [models.CheckConstraint(condition=models.Q(('destroyed_at', None), ('wrapped', b''), _connector='OR'), name='destroyed_key_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='Hint',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('owner', models.UUIDField(db_index=True)),
                ('kind', models.CharField(max_length=20)),
                ('digest', models.BinaryField(max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'digest'], name='hints_by_digest')],
                'constraints': [models.UniqueConstraint(fields=('owner', 'kind', 'digest'), name='hint_once')],
            },
        ),
    ]
