"""The room as a Django application: it brings its English texts."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """Room ``portfolio``."""

    name = "mehrwert.portfolio"
