from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from backsite.owner import make_owner, sign_in_link


class Command(BaseCommand):
    help = "Give an account all rights, making it if there is none, and print a link that signs it in once."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--password", help="without one: sign in by the link, then set a password or a passkey")

    def handle(self, *_args: Any, email: str, password: str | None, **_options: Any) -> None:
        self._look_at(email, password)
        user = make_owner(email, password)
        self.stdout.write(f"{user.email} has all rights.")
        self.stdout.write(f"Sign in within half an hour, once: {sign_in_link(user)}")

    def _look_at(self, email: str, password: str | None) -> None:
        """A weak password is refused where strangers can try it."""
        try:
            validate_email(email)
            if password is not None:
                validate_password(password)
        except ValidationError as error:
            said = " ".join(error.messages)
            if password is None or not settings.SITE_IS_LOCAL:
                raise CommandError(said) from error
            self.stderr.write(f"Change this password before the site is public: {said}")
