from django.apps import AppConfig

from backsite import checks  # noqa: F401  (they register themselves)


class BacksiteConfig(AppConfig):
    name = "backsite"
