"""The files that pages load, each under a name that changes with its content, so that a browser may keep it."""

from django.core.exceptions import ImproperlyConfigured
from whitenoise.storage import CompressedManifestStaticFilesStorage

NOT_BUILT = "the pages' styles and scripts are not built, or not anew since they changed. Build them: make setup"


class ServedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """As WhiteNoise keeps them. One that is not there is said with the command that builds it."""

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError as why:
            raise ImproperlyConfigured(f"{name}: {NOT_BUILT}") from why
