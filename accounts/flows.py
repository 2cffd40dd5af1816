from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.models import User
from accounts.staff import FACTORS


@transaction.atomic
def invite(*, user: User) -> User:
    """Store a new account without a password. Its address counts as confirmed: the only way in is a letter to it."""
    user.email = user.email.lower()
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def take_factor_away(*, factor: Authenticator) -> None:
    """For somebody who lost it: they enrol another at their next sign-in. Recovery codes alone are no factor."""
    factor.delete()
    left = Authenticator.objects.filter(user=factor.user)
    if not left.filter(type__in=FACTORS).exists():
        left.delete()
