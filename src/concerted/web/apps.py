"""Django's name for this application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, settings, addresses."""

    name = "concerted.web"

    def ready(self) -> None:
        """Connect what leaves events of signing in."""
        from concerted.web.signing_in import signals

        signals.connect()
