"""People who sign in, keys of programs, links that work once."""

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

    def get_full_name(self) -> str:
        """Return what pages show."""
        return str(self)

    def get_short_name(self) -> str:
        """Return what pages show where space is short."""
        return str(self)


class ApiKey(models.Model):
    """One row is one secret of a program; only its SHA-256 is stored.

    ``valid_until_us`` is set by rotation: the old key works until then, beside the new one.
    ``mqtt_hash`` is the secret as Mosquitto's password file wants it, empty without that right.
    """

    prefix = models.CharField(max_length=12, unique=True)
    sha256 = models.CharField(max_length=64)
    mqtt_hash = models.CharField(max_length=200, blank=True)
    tenant_id = models.BigIntegerField()
    name = models.CharField(_("Name"), max_length=120)
    scopes = models.JSONField(default=list)
    thing_ids = models.JSONField(null=True)
    datastream_ids = models.JSONField(null=True)
    created_us = models.BigIntegerField()
    created_by_id = models.BigIntegerField(default=0)
    expires_us = models.BigIntegerField(null=True)
    valid_until_us = models.BigIntegerField(null=True)
    revoked_us = models.BigIntegerField(null=True)
    last_used_us = models.BigIntegerField(null=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True)

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "name"], name="accounts_key_tenant")]

    def __str__(self) -> str:
        return self.name


class LinkPurpose(models.TextChoices):
    """What a one-time link is for."""

    FIRST_ADMIN = "first_admin", _("erste Administration")
    INVITATION = "invitation", _("Einladung")


class OneTimeLink(models.Model):
    """One row is one link that works once and for a limited time; only its SHA-256 is stored."""

    sha256 = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=12, choices=LinkPurpose.choices)
    user = models.ForeignKey(User, models.CASCADE, null=True)
    created_us = models.BigIntegerField()
    created_by_id = models.BigIntegerField(default=0)
    expires_us = models.BigIntegerField()
    used_us = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
