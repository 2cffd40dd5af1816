from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_superuser": True, "role": Role.OWNER, **fields})


class Role(models.TextChoices):
    MEMBER = "member"
    MODERATOR = "moderator"
    LEAD = "lead", "lead moderator"
    OWNER = "owner"


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. Visitors need none. What an account may do is asked in `accounts.roles`."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.MEMBER)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this of its users."""
        return self.is_active and self.role in {Role.LEAD, Role.OWNER}

    # Django's admin asks these. The role alone answers: somebody who is no longer the owner keeps nothing from before.
    # What a lead moderator may do there, each page of the admin says itself (accounts.roles).

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_active and self.role == Role.OWNER

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.role == Role.OWNER
