"""Registers the room with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Room ``accounts``."""

    name = "mehrwert.accounts"
    label = "accounts"
    verbose_name = "Konten"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the signals of signing in."""
        from mehrwert.accounts.handlers import connect

        connect()
