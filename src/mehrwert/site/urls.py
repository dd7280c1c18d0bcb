"""All routes. Global pages first, then the rooms' pages under ``/<mandant>/``."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
