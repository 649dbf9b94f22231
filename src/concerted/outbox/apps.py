"""Django's name for this application."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """The one way out: mail, and the list of calls to make."""

    name = "concerted.outbox"
