"""What we change of django-allauth: nobody signs up by themselves, mail goes through the outbox, refusals are audited,
secrets of second factors are encrypted apart from the store's own encryption."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from concerted.web.signing_in import events, factors


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- of nobody's
        """Never: people are invited."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """None of allauth's own words go out: `events` tells people, from the outbox."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A password was wrong, or nobody has that address: the event says the address that was tried, digested."""
        super().authentication_failed(request, **credentials)
        events.refused(request, credentials.get("email") or "")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address at the other end of the connection. Headers say what a caller likes them to say; the web server
        puts the right one there where a proxy stands before it."""
        return str(request.META["REMOTE_ADDR"])


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors."""

    def encrypt(self, text: str) -> str:
        """A secret as it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A stored secret. cryptography.fernet.InvalidToken where CONCERTED_SECRET is another now."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one that this person's roles need."""
        return factors.may_remove(authenticator)

    def get_totp_issuer(self) -> str:
        """The name that an authenticator app shows."""
        return "Concerted"

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Beside it."""
        return str(user.get_username())


def _box() -> Fernet:
    """From the secret of this instance. It is another key than the one that signs sessions."""
    derived = HKDF(SHA256(), 32, salt=None, info=b"concerted second factors").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
