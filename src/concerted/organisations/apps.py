"""Django's name for this application."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations, their people, the roles that people have."""

    name = "concerted.organisations"

    def ready(self) -> None:
        """Say how what ended here is ended again after a backup was brought back."""
        from concerted.instance.endings import KINDS
        from concerted.organisations import again

        KINDS.update(again.KINDS)
