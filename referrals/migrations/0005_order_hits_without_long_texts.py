from django.db import migrations

from referrals.finding import tables


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0004_take_in_packages'),
    ]

    operations = [
        migrations.RunPython(tables.make_order, tables.drop_order),
    ]
