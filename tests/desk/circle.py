"""Extracts of two forces in which two suspects and a child stand in a circle, for tests of findings."""

from pathlib import Path
from typing import Final

PEOPLE: Final = (
    "id,first,last,born\n1,Amara,Okonjo,2010-03-14\n2,Bryony,Penhale,1985-11-02\n3,Callum,Tregear,1980-01-20\n"
)
CRIMES: Final = (
    "id,day,what\nC1,2025-03-01,crime\nC2,2025-06-01,intelligence report\nC3,2025-05-01,intelligence report\n"
)
PARTS: Final = (
    "id,crime,person,part\n1,C1,2,suspect\n2,C1,1,victim\n3,C2,3,named\n4,C2,1,named\n5,C3,2,suspect\n6,C3,3,suspect\n"
)
_PROFILES: Final = {
    "people": "kind: person\nfields: {given_name: first, family_name: last, date_of_birth: born}\n",
    "crimes": "kind: event\nfields: {event_type: what, from: day}\n",
    "parts": "kind: person_in_event\nfields: {event: crime, person: person, role: part}\n",
}
FILES: Final = {"people": PEOPLE, "crimes": CRIMES, "parts": PARTS}


def laid_out(folder: Path, **files: str) -> tuple[Path, Path]:
    """Extracts and profiles. files: another text for a file of these."""
    extracts, profiles = folder / "extracts", folder / "profiles"
    for place in (extracts, profiles):
        place.mkdir(parents=True, exist_ok=True)
    for name, rest in _PROFILES.items():
        (extracts / f"{name}.csv").write_text({**FILES, **files}[name], encoding="utf-8")
        head = f"profile: {name}\nversion: 1\nfiles: [{name}.csv]\nrecord_id: id\nsource: {{constant: force-a}}\n"
        (profiles / f"{name}.yaml").write_text(head + rest, encoding="utf-8")
    return extracts, profiles
