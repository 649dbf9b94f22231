"""Settings of the server that browser tests look at: a store of its own, and pages that only tests have."""

from tests import settings as _settings
from tests.settings import *  # noqa: F403

INSTALLED_APPS = [*_settings.INSTALLED_APPS, "tests.web.looks"]
ROOT_URLCONF = "tests.web.looks.urls"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # a browser takes localhost for safe, the library does not
