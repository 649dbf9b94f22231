"""A server for browser tests, in a process and on an embedded store of its own: `python -m tests.web.serving`.

It prints one line of JSON, where it is and how to sign in, and serves until its standard input ends.
"""

import json
import os
import sys
from collections.abc import Iterable
from typing import NamedTuple

os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.web.serving_settings", "CONCERTED_TEST_STORE": ""}

EMAIL = "asha.example@northvale.example"
PASSWORD = "three words apart 7"
SECRET = "JBSWY3DPEHPK3PXP"
NEW = ("ben", "cora", "dan", "eve")  # people who have no second factor yet


class Said(NamedTuple):
    """What waits, or a way, as applications give it."""

    text: str
    href: str
    hint: str = ""
    state: str = ""


class Sample:
    """An application that gives something for the start page. For nobody but the one who has a role."""

    def due(self, acting: object) -> Iterable[Said]:
        return [
            Said(
                "Confirm the contact point of your organisation",
                "/tests/gallery/",
                "Asked every 90 days.",
                "3 days left",
            ),
            Said("Read who was given access this week", "/tests/gallery/", "", "Due today"),
        ]

    def ways(self, acting: object) -> Iterable[Said]:
        return [
            Said("People", "/tests/gallery/", "Invite, suspend, let go."),
            Said("How you sign in", "/sign-in/factors/"),
        ]


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.testcases import LiveServerThread

    from concerted.web import providers

    call_command("migrate", verbosity=0)
    _seed()
    if "--filled" in sys.argv:
        providers.APPLICATIONS.append(Sample())
    # Files are served by the application itself, as anywhere, and not by a handler for tests.
    thread = LiveServerThread("127.0.0.1", lambda application: application)  # type: ignore[arg-type]
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    sys.stdout.write(json.dumps({"url": f"http://localhost:{thread.port}"}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


def _seed() -> None:
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    from concerted.audit.acting import Acting
    from concerted.common import clock
    from concerted.instance.models import DEMONSTRATION
    from concerted.instance.services import set_up
    from concerted.organisations.models import Membership, Organisation, Person

    set_up(Acting(None, None, "", "", "the tests", system="set-up"), DEMONSTRATION)
    person = Person.objects.create_user(EMAIL, PASSWORD, name="Asha Example")
    police = Organisation.objects.create(name="Northvale Police", family="police")
    Membership.objects.create(
        person=person, organisation=police, role="supervisor", asked=clock.now(), begins=clock.now()
    )
    for name in NEW:
        other = Person.objects.create_user(f"{name}@northvale.example", PASSWORD, name=f"{name.title()} Sample")
        Membership.objects.create(
            person=other, organisation=police, role="supervisor", asked=clock.now(), begins=clock.now()
        )
    secret = get_adapter().encrypt(SECRET)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": secret})
    RecoveryCodes.activate(person)


if __name__ == "__main__":
    main()
