from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tips.mail import domain
from tips.mail.looking_up import NameServers

LONGEST_WAY_OUT = 58  # characters; longer ones are folded by some mail programs, and then nothing finds them
WORD = 27  # characters of the word in it, with a number of up to three bytes


class Command(BaseCommand):
    help = "Look up what other mail servers look up about the domain that the letters come from. Changes nothing."
    requires_system_checks = []
    look_up: domain.Resolver = NameServers()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the domain behind the @ of FROM_EMAIL")
        parser.add_argument("--selector", action="append", default=[], help="the name of a DKIM key; may be repeated")
        parser.add_argument(
            "--server", action="append", default=[], help="a host of yours that sends by itself, without a provider"
        )

    def handle(self, *_args: Any, name: str, selector: list[str], server: list[str], **_options: Any) -> None:
        name = name.strip().rstrip(".").lower()
        try:
            found = domain.check(name, selectors=selector, servers=server, look_up=self.look_up)
        except domain.Unanswered as error:
            raise CommandError(f"The name servers do not answer ({error}). Try again later.") from error
        for each in [*found, *_ours(name)]:
            self.stdout.write(f"{each.about}: {each.level}. {each.words}")
        if any(each.level == domain.Level.BAD for each in found):
            raise CommandError("Letters may end in the spam folder until that is mended.")


def _ours(name: str) -> list[domain.Finding]:
    found = []
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ").lower()
    if sender != name and not sender.endswith(f".{name}"):
        found.append(
            domain.Finding(domain.Level.CARE, "FROM_EMAIL", f"Your letters come from {sender}, not from {name}.")
        )
    length = len(f"{settings.SITE_URL}/u/") + WORD
    if length > LONGEST_WAY_OUT:
        words = (
            f"The address for leaving has {length} characters; a shorter SITE_URL keeps it within {LONGEST_WAY_OUT}."
        )
        found.append(domain.Finding(domain.Level.CARE, "SITE_URL", words))
    return found
