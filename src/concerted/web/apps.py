"""Django's name for this application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, settings, addresses."""

    name = "concerted.web"
