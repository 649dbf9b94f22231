"""Django's settings, made of what the environment says (`concerted.web.environment`) and of what never differs."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from csp.constants import NONE, SELF

from concerted.web.environment import databases, environment

_HERE = Path(__file__).parent
_GIVEN = environment()
_SECURE = bool(_GIVEN.hosts)  # reached by a name: over TLS alone

SECRET_KEY = _GIVEN.secret
DEBUG = False
ALLOWED_HOSTS = [*_GIVEN.hosts] or ["127.0.0.1", "localhost"]
DATABASES: dict[str, Any] = {"default": databases(_GIVEN)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "concerted.audit",
    "concerted.instance",
    "concerted.outbox",
    "concerted.organisations",
    "concerted.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "concerted.web.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "concerted.web.signing_in.middleware.ActingMiddleware",
    "concerted.web.signing_in.middleware.IdleMiddleware",
    "concerted.web.signing_in.middleware.SecondFactorMiddleware",
]
ROOT_URLCONF = "concerted.web.urls"
WSGI_APPLICATION = "concerted.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "concerted.web.shown.shown",
            ],
        },
    }
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"  # what pages show; the store holds UTC
USE_I18N: Final = True
USE_TZ = True

AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "concerted.web.signing_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is what proves an address
ACCOUNT_EMAIL_NOTIFICATIONS = False  # `signing_in.events` tells, through the outbox
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# A lock-out ends by itself: nobody can be kept from signing in for good by whoever knows their address.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
MFA_ADAPTER = "concerted.web.signing_in.adapters.MFAAdapter"
ACCOUNT_FORMS = {"change_password": "concerted.web.signing_in.passwords.PasswordForm"}
MFA_FORMS = {"authenticate": "concerted.web.signing_in.forms.CodeForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # so that a passkey alone is two factors: what one has, and what opens it
MFA_TOTP_TOLERANCE = 1  # a code of half a minute ago counts: clocks differ
MFA_RECOVERY_CODES_SHOW_ONCE = True
USERSESSIONS_TRACK_ACTIVITY = True
IDLE_SECONDS = int(timedelta(minutes=20).total_seconds())

# Counts of failed sign-ins and used codes are the same in every process, so they lie in the store.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}

SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _SECURE
CSRF_COOKIE_SECURE = _SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = _SECURE
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if _SECURE else 0
SECURE_REFERRER_POLICY = None  # `headers` sets it, with the others that every answer has
CSRF_FAILURE_VIEW = "concerted.web.errors.not_ours"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# W002, W022: `headers` sets these for every answer. W005, W021: other names of the domain are not ours to decide on.
SILENCED_SYSTEM_CHECKS = [f"security.{one}" for one in ("W002", "W005", "W021", "W022")]

STATIC_URL = "static/"
STATIC_ROOT = _HERE / "assets"  # built at set-up from the registry's packages, never committed
STORAGES = {"staticfiles": {"BACKEND": "concerted.web.served.ServedFiles"}}

# Errors to whatever keeps what the service says of itself: a reference and where, never what a page held.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {"concerted": {"handlers": ["stderr"], "level": "INFO"}},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
