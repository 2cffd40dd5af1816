import html
import json
import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tips.search.finding import search
from tips.search.views import as_json


class Command(BaseCommand):
    help = "What /search/ shows for these words."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words")
        parser.add_argument("--json", action="store_true", help="the shape of /search.json")

    def handle(self, *args: Any, **options: Any) -> None:
        found = search(options["words"])
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=1))
            return
        for page in found.pages:
            self.stdout.write(f"{page.subject.title}  {page.subject.url}")
            for passage in page.passages:
                self.stdout.write(f"    {html.unescape(re.sub('<[^>]+>', '', passage.html))}")
