"""What signing in leaves in the audit, and whom it tells."""

from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest

from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.services import record
from concerted.organisations.models import Person
from concerted.outbox.services import send


def signed_in(request: HttpRequest, person: Person) -> None:
    """Password and second factor were right."""
    record(_acting(request, person), Act.SIGNED_IN, [_subject(person)])


def signed_out(request: HttpRequest, person: Person) -> None:
    """By the person."""
    record(_acting(request, person), Act.SIGNED_OUT, [_subject(person)])


def refused(request: HttpRequest, tried: str) -> None:
    """A password or second factor was wrong. tried: the address that was written. Of it only a digest is kept, since it
    may be a slip, or a password in the wrong field."""
    found = Person.objects.filter(email__iexact=tried).first()
    subject = _subject(found) if found else Subject("address", _digest(tried))
    record(_acting(request, found), Act.SIGN_IN_REFUSED, [subject])


def factor_changed(request: HttpRequest | None, person: Person, act: Act, kind: str) -> None:
    """A code or passkey came or went."""
    record(_acting(request, person), act, [_subject(person)], kind=kind)
    tell_of_change(person)


def tell_of_change(person: Person) -> None:
    """Tell somebody that their way to sign in was changed, in case it was not they who did it."""
    send(_acting(None, person), "sign_in_changed", person.email, recipient=person.pk, link="/me/")


def _acting(request: HttpRequest | None, person: Person | None) -> Acting:
    of_request: Acting | None = getattr(request, "acting", None)
    if of_request and of_request.person:
        return of_request
    where = str(request.META.get("REMOTE_ADDR", "")) if request else ""
    return Acting(person.pk if person else None, None, "", "", where)


def _subject(person: Person) -> Subject:
    return Subject("person", str(person.pk))


def _digest(tried: str) -> str:
    return blake2b(tried.strip().lower().encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
