import os

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backsite.settings")

from backsite.handler import application as django_application  # noqa: E402 - it reads the settings
from backsite.checks import refuse_to_start  # noqa: E402

refuse_to_start()

from backsite.pagecache import PageCache  # noqa: E402
from backsite.publishing import publish, start_sweeping  # noqa: E402
from tips.freshness.slots import bump_everything  # noqa: E402

bump_everything()
application = PageCache(django_application, publish=publish if settings.PUBLISH_PAGES else None)
if settings.PUBLISH_PAGES:
    start_sweeping()
