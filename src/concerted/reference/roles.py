"""The one list of roles: what each may read, write and do. What is not listed is refused (`tables/roles.yaml`)."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from concerted.reference.loader import load_table

Extent = Literal["all", "part", "assigned", "own", "count"]
EXTENTS: Final = {"all", "part", "assigned", "own", "count"}
FAMILIES: Final = {
    "police": "Police force",
    "regional": "Regional unit",
    "childrens_services": "Children's services",
    "health": "Health",
    "third_sector": "Third sector",
    "taskforce": "National taskforce",
    "oversight": "Oversight",
    "training": "Training",
    "public": "Members of the public",
}
NO_CASES: Final = {
    *("practice", "training", "return", "table", "audit", "sharing", "assignment", "support_request", "review"),
    "feedback_coded",
}
"""Classes of content that are of no person's case. A role that reads any other takes a second person."""
_WORDS: Final = {"sio": "Senior investigating officer", "deputy_sio": "Deputy senior investigating officer"}


@dataclass(frozen=True, slots=True)
class Role:
    """reads: how far, by class of content. excludes: roles that one human never has beside this one, nor ever had.
    begins: the capability with which it can sign in; empty: from the start."""

    key: str
    families: frozenset[str]
    reads: dict[str, Extent]
    writes: frozenset[str]
    acts: frozenset[str]
    excludes: frozenset[str]
    begins: str = ""

    @property
    def words(self) -> str:
        """Its name for people."""
        return _WORDS.get(self.key, self.key.replace("_", " ").capitalize().replace(" spoc", " SPOC"))

    @property
    def reads_cases(self) -> bool:
        """Whether it reads what is in any person's case, so that two people give it."""
        return bool(set(self.reads) - NO_CASES)


@cache
def roles() -> dict[str, Role]:
    """By key, in the list's order. ValueError where the list contradicts itself."""
    data = load_table("roles").data
    found = {key: _role(key, _whole(key, data["roles"]), data) for key in data["roles"]}
    for role in found.values():
        if one_sided := [other for other in role.excludes if role.key not in found[other].excludes]:
            raise ValueError(f"{role.key} excludes {one_sided}, which do not exclude it")
    return found


def of_family(family: str) -> list[Role]:
    """The roles that people of such an organisation can have now."""
    return [role for role in roles().values() if family in role.families and not role.begins]


def content_words() -> dict[str, str]:
    """Each class of content in words."""
    return dict(load_table("roles").data["content_classes"])


def _whole(key: str, listed: dict[str, Any]) -> dict[str, Any]:
    """With what it takes from the role that it is the same as."""
    own = dict(listed[key])
    same = own.pop("same_as", None)
    if same is None:
        return own
    if "same_as" in listed[same]:
        raise ValueError(f"{key} is the same as {same}, which is the same as another: no chains")
    return {**listed[same], **own}


def _role(key: str, given: dict[str, Any], data: dict[str, Any]) -> Role:
    reads, acts, writes = given.get("reads", {}), given.get("acts", []), given.get("writes", [])
    known = set(data["content_classes"])
    wrong = [*(set(reads) - known), *(set(writes) - known), *(set(acts) - set(data["acts"]))]
    wrong += [extent for extent in reads.values() if extent not in EXTENTS]
    wrong += [family for family in given["family"] if family not in FAMILIES]
    wrong += [other for other in given.get("excludes", []) if other not in data["roles"]]
    if wrong:
        raise ValueError(f"the role {key} names what is not listed: {wrong}")
    return Role(
        key,
        frozenset(given["family"]),
        dict(reads),
        frozenset(writes),
        frozenset(acts),
        frozenset(given.get("excludes", [])),
        given.get("from", ""),
    )
