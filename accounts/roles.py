"""Who may do what: predicates on the user of a request, for views, templates and tests."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User

Visitor = User | AnonymousUser

MODERATORS = frozenset({Role.MODERATOR, Role.LEAD, Role.OWNER})
EDITORS = frozenset({Role.LEAD, Role.OWNER})


def is_member(user: Visitor) -> bool:
    return user.is_authenticated and user.is_active


def can_moderate(user: Visitor) -> bool:
    return isinstance(user, User) and user.is_active and user.role in MODERATORS


def other_moderators(user: User) -> bool:
    """Whether somebody else could decide."""
    return User.objects.filter(is_active=True, role__in=MODERATORS).exclude(pk=user.pk).exists()


def can_edit_pages(user: Visitor) -> bool:
    """The site's own articles, exercises, reference pages and words."""
    return isinstance(user, User) and user.is_active and user.role in EDITORS


def can_run_the_site(user: Visitor) -> bool:
    """Set-up, the owner's letters, other people's roles."""
    return isinstance(user, User) and user.is_active and user.role == Role.OWNER


def is_staff(user: Visitor) -> bool:
    return can_moderate(user)
