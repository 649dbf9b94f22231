"""A demonstration: an embedded store in a folder, organisations of an invented region, a person for each role.

Only here does the store's key lie beside the store, are sign-ins shown, and is a second factor's code known.
"""

import base64
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from concerted.audit.acting import Acting
from concerted.common.errors import Place, UsedWronglyError
from concerted.common.progress import Progress
from concerted.reference.roles import FAMILIES, Role, roles
from concerted.web.beginning import SETTINGS

if TYPE_CHECKING:
    from concerted.organisations.models import Organisation

PASSWORD: Final = "nobody here is real 7"  # noqa: S105 -- of every demonstration, whose people are invented
STORE, KEY, SECRET = "store.sqlite", "store.key", "secret.key"
ACTING: Final = Acting(None, None, "", "", "demonstration", system="demonstration")


@dataclass(frozen=True)
class Invented:
    """An organisation of the invented region. slug: its name in addresses. family: of `concerted.reference.roles`."""

    name: str
    slug: str
    family: str

    @property
    def domain(self) -> str:
        """What its people's addresses end in: a name that nobody can have."""
        return f"{self.slug}.example"


@dataclass(frozen=True)
class Region:
    """What a demonstration is filled with. names: of people."""

    organisations: Sequence[Invented]
    names: Sequence[str]


@dataclass(frozen=True)
class SignIn:
    """How somebody invented signs in."""

    role: str
    organisation: str
    name: str
    email: str


def environment(folder: Path) -> dict[str, str]:
    """What the environment says for the demonstration in that folder, and nothing of what it said before. Its key and
    its secret are made with the folder. UsedWronglyError where the folder holds something else."""
    _check_ours(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in (KEY, SECRET):
        _keep(folder / name)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONCERTED_")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "CONCERTED_STORE": str((folder / STORE).absolute()),
        "CONCERTED_STORE_KEY_FILE": str((folder / KEY).absolute()),
        "CONCERTED_SECRET_FILE": str((folder / SECRET).absolute()),
    }


def ready(invent: Callable[[int], Region], progress: Progress) -> bool:
    """Make the store with its people, or bring the one that is there to this version; whether it was made now. invent:
    a region with so many names of people. UsedWronglyError where the store is no demonstration."""
    from concerted.instance.models import DEMONSTRATION
    from concerted.web import store

    found = store.state()
    if found.kind == DEMONSTRATION:
        store.upgrade(progress)
        return False
    if found.kind:
        raise UsedWronglyError("the store in this folder is a working one", mend="name another folder with --store")
    progress.step("invent", "inventing a region")
    region = invent(len(roles_now()))
    store.create(ACTING, DEMONSTRATION, progress, lambda acting, shown: _fill(acting, region, shown))
    return True


def sign_ins() -> list[SignIn]:
    """Everybody who signs in here, in the order of the list of roles."""
    from concerted.organisations.selectors import organisations, people_of

    found = [one for each in organisations() for one in people_of(each.pk).select_related("organisation")]
    order = {key: place for place, key in enumerate(roles())}
    found.sort(key=lambda one: (order[one.role], one.person.email))
    return [SignIn(one.in_words, one.organisation.name, one.person.name, one.person.email) for one in found]


def roles_now() -> list[Role]:
    """The roles that somebody can sign in with now."""
    return [role for role in roles().values() if not role.begins]


def where(role: Role, among: Sequence[Invented]) -> Invented:
    """The organisation that this role's person belongs to: the first of the first family that has the role."""
    families = [family for family in FAMILIES if family in role.families]
    return min((one for one in among if one.family in families), key=lambda one: families.index(one.family))


def _fill(acting: Acting, region: Region, progress: Progress) -> None:
    from concerted.organisations.services import create_organisation

    progress.step("organisations", "inventing organisations and people")
    made = {one.name: create_organisation(acting, one.name, one.family) for one in region.organisations}
    several = roles_now()
    for done, (role, name) in enumerate(zip(several, region.names, strict=True)):
        progress.at(done, len(several))
        home = where(role, region.organisations)
        _person(acting, made[home.name], f"{role.key.replace('_', '.')}@{home.domain}", name, role)


def _person(acting: Acting, organisation: "Organisation", email: str, name: str, role: Role) -> None:
    """Somebody who is invited, accepts, and has an authenticator app."""
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    from concerted.organisations.services import accept_invitation, invite

    membership = accept_invitation(acting, invite(acting, organisation.pk, email, name, role.key), PASSWORD)
    secret = get_adapter().encrypt(base64.b32encode(secrets.token_bytes(20)).decode())
    Authenticator.objects.create(user=membership.person, type=Authenticator.Type.TOTP, data={"secret": secret})


def _check_ours(folder: Path) -> None:
    """UsedWronglyError for a folder with files in it that no demonstration made."""
    there = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
    if there and not {KEY, SECRET} <= there:
        raise UsedWronglyError(
            "this folder holds something else than a demonstration",
            where=Place(file=folder.name),
            mend="name an empty folder, or one that is not there yet, with --store",
        )


def _keep(file: Path) -> None:
    """A secret of its own in a file that nobody else may read; one that is there stays."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as kept:
        kept.write(f"{secrets.token_hex(32)}\n")


def put_in_force(given: Mapping[str, str]) -> None:
    """Make this the environment of this process and of those that it begins."""
    os.environ.clear()
    os.environ.update(given)
