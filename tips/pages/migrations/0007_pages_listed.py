"""Every list gets the visitors' pages that stand in it."""

from django.db import migrations

FILL = """
INSERT INTO pages_listed (name, kind, sequence, page_id)
SELECT place.name, page.kind, page.sequence, page.id FROM (
    SELECT 'area:' || slug AS name, page_id FROM pages_pagearea
    UNION ALL SELECT 'about:' || to_page_id, from_page_id FROM pages_page_about
    UNION ALL SELECT 'about:' || link.to_page_id || ' area:' || area.slug, area.page_id
    FROM pages_page_about link JOIN pages_pagearea area ON area.page_id = link.from_page_id
) place JOIN pages_page page ON page.id = place.page_id
WHERE page.visibility = 'published' AND page.kind IN ('question', 'tip', 'experience')
"""


class Migration(migrations.Migration):
    dependencies = [("pages", "0006_listed")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
