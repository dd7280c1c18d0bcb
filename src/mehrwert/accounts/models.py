"""People who sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Creates people; addresses are compared without case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create a person. Without password nobody can sign in until an invitation is used."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by address, ignoring case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """One person with an address; what they may do is said by memberships, not here."""

    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    display_name = models.CharField(_("Name"), max_length=120, blank=True)
    is_active = models.BooleanField(_("aktiv"), default=True)
    is_operator = models.BooleanField(_("betreibt die Installation"), default=False)
    language = models.CharField(_("Sprache"), max_length=5, blank=True)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.display_name or self.email
