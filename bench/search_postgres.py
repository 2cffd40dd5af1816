"""nDCG@10 of our search on the database that DATABASE_URL names, as one line of JSON; `bench.search` starts it."""

import json
import os
import tempfile

from bench.engines import Ours
from bench.judging import collections, judge


def main() -> dict[str, float]:
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    found = {}
    for collection in collections():
        ours = Ours()
        ours.load(collection.documents)
        found[collection.name] = judge(collection, ours.find)
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"BACKSITE_HOME": home, "DJANGO_SETTINGS_MODULE": "backsite.settings"}
        print(json.dumps(main()))
