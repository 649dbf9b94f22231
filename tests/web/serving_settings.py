"""Settings of the server that browser tests look at: a store of its own, and pages that only tests have."""

from pathlib import Path

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.web.urls"
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")  # type: ignore[name-defined]  # noqa: F405
DEMONSTRATION = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # a browser takes localhost for safe, the library does not
