"""Django's name for this application."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations, their people, the roles that people have."""

    name = "concerted.organisations"
