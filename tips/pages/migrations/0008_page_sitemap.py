from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0007_pages_listed'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='page',
            index=models.Index(fields=['id', 'visibility', 'in_search_engines', 'kind', 'slug', 'updated_on'], name='page_sitemap'),
        ),
    ]
