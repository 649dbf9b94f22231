"""Second factors: what each person must have before anything else opens."""

from typing import Final

from allauth.mfa.models import Authenticator

from concerted.instance.selectors import demonstration
from concerted.organisations import selectors
from concerted.organisations.models import Person

ADMINISTRATORS: Final = {"instance_administrator", "organisation_administrator"}  # of these a passkey is required
_SECOND: Final = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


def missing(person: Person) -> str:
    """What this person must still set up: "passkey", "factor" (a code or a passkey), or nothing. In a demonstration
    a code is enough for everyone, since a passkey would be of one laptop alone."""
    has = set(Authenticator.objects.filter(user=person, type__in=_SECOND).values_list("type", flat=True))
    if Authenticator.Type.WEBAUTHN in has:
        return ""
    if is_administrator(person) and not demonstration():
        return "passkey"
    return "" if has else "factor"


def is_administrator(person: Person) -> bool:
    """Whether one of the person's roles is to administer."""
    return bool(ADMINISTRATORS & {one.role for one in selectors.memberships_now(person)})


def may_remove(one: Authenticator) -> bool:
    """Whether enough stays. Codes for recovery may always go."""
    if one.type not in _SECOND:
        return True
    rest = Authenticator.objects.filter(user=one.user, type__in=_SECOND).exclude(pk=one.pk)
    passkeys = rest.filter(type=Authenticator.Type.WEBAUTHN).exists()
    return passkeys or (rest.exists() and not is_administrator(one.user))
