"""`manage.py check_safety [FILE]`: the warning-sign rules on one text a line, from a file or standard input."""

import json
import sys
from argparse import ArgumentParser, FileType
from typing import Any

from django.core.management.base import BaseCommand

from tips.safety.find import find


class Command(BaseCommand):
    help = 'Reads one text a line and prints one JSON a line: {"text", "level", "flags"}.'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=FileType(encoding="utf-8"), default=sys.stdin)

    def handle(self, *args: Any, **options: Any) -> None:
        for line in options["file"]:
            text = line.rstrip("\r\n")
            finding = find(text)
            answer = {"text": text, "level": finding.level, "flags": finding.flags}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
