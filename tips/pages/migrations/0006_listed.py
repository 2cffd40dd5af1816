import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0005_page_by_title'),
    ]

    operations = [
        migrations.CreateModel(
            name='Listed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=12)),
                ('sequence', models.PositiveIntegerField()),
                ('page', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='listed', to='pages.page')),
            ],
            options={
                'indexes': [models.Index(fields=['name', '-sequence', '-page'], name='listed_newest'), models.Index(fields=['name', 'kind', '-sequence', '-page'], name='listed_by_kind')],
                'constraints': [models.UniqueConstraint(fields=('page', 'name'), name='listed_once')],
            },
        ),
    ]
