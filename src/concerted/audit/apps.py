"""Django's name for this application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who consulted or changed what, in chains that show tampering. Below every other application."""

    name = "concerted.audit"
