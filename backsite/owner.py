"""The account with all rights."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from accounts.links import link_path
from accounts.models import Role, User

LOCAL_OWNER = "owner@localhost"


@transaction.atomic
def make_owner(email: str, password: str | None) -> User:
    """A new account, or the one that has this address, with all rights and a confirmed address.

    Without a password a new account signs in by link, passkey or after a reset; an old one keeps its own.
    """
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(email)
    user.role, user.is_superuser, user.is_active = Role.OWNER, True, True
    if password is not None:
        user.set_password(password)
    user.save()
    EmailAddress.objects.filter(user=user, primary=True).exclude(email=user.email).update(primary=False)
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def sign_in_link(user: User) -> str:
    return f"{settings.SITE_URL}{link_path(user)}"


def owner_of_local_site() -> User:
    """Whoever tries the site on their own machine is its owner from the first minute."""
    return User.objects.filter(role=Role.OWNER, is_active=True).order_by("pk").first() or make_owner(LOCAL_OWNER, None)
