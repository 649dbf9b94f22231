"""The form for a second factor's code. In a demonstration it comes filled in."""

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.core.cache import cache

from concerted.common import clock
from concerted.instance.selectors import demonstration
from concerted.organisations.models import Person


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The code of an authenticator app, or one for recovery."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code"
        self.fields["code"].help_text = "Six digits from your authenticator app, or one of your codes for recovery."
        if demonstration():
            self.fields["code"].initial = code_now(self.user)


def code_now(person: Person) -> str:
    """The code that this person's authenticator app would show now; half a minute from now, where that one was used
    already; empty where they have none. For demonstrations alone: their secrets are no secrets."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if found is None:
        return ""
    secret, now = decrypt(found.data["secret"]), int(clock.now().timestamp()) // app_settings.TOTP_PERIOD
    codes = [str(format_hotp_value(hotp_value(secret, counter))) for counter in (now, now + 1)]
    used = found.wrap()._get_used_cache_key
    return next((code for code in codes if cache.get(used(code)) is None), codes[0])
