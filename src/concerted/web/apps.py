"""Django's name for this application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, settings, addresses."""

    name = "concerted.web"

    def ready(self) -> None:
        """Connect what leaves events of signing in, and what is checked before the service starts."""
        from concerted.web import checks  # noqa: F401 -- it registers itself
        from concerted.web.signing_in import signals

        signals.connect()
