from django.conf import settings

from backsite.checks import refuse_to_start
from backsite.handler import application as django_application  # sets up what is read below

refuse_to_start()

from backsite.pagecache import PageCache  # noqa: E402 - it reads the settings
from backsite.publishing import publish, start_sweeping  # noqa: E402
from tips.freshness.slots import bump_everything  # noqa: E402

bump_everything()
application = PageCache(django_application, publish=publish if settings.PUBLISH_PAGES else None)
if settings.PUBLISH_PAGES:
    start_sweeping()
