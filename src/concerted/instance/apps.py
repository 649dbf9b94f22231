"""Django's name for this application."""

from django.apps import AppConfig


class InstanceConfig(AppConfig):
    """What the instance knows of itself."""

    name = "concerted.instance"
