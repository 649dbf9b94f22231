"""Extracts of a force and a council in folders of their own, with the profiles that read them, for tests."""

from pathlib import Path
from typing import Final

FORCE: Final = "force-a/missing.csv"
COUNCIL: Final = "council-b/people.csv"
CARS: Final = "force-a/cars.csv"
FILES: Final = {
    FORCE: "ref,first,last,born,phone,home,town,code,start\n"
    "M1,Amara,Okonjo,2009-03-14,07700 900001,1 High Row,Thornavon,QA1 1AA,2026-01-05\n"
    "M2,Bryony,Penhale,2008-11-02,07700 900002,2 High Row,Thornavon,QA1 1AA,2026-01-06\n",
    COUNCIL: "id,first,last,born,phone,home,town,code\n"
    "9,Amara,Okonjo,2009-03-14,07700 900001,1 High Rw,Thornavon,QA1 1AA\n"
    "10,Callum,Tregear,2010-01-20,07700 900009,7 Low Row,Thornavon,QA1 1AB\n",
    CARS: "ref,mark,make,keeper\nV1,QA12 ABC,Velmo,M1/child\nV2,QA12 ABC,Velmo,\n",
}
_PERSON: Final = (
    "given_name: first, family_name: last, date_of_birth: born, phone: phone, address: home, town: town, postcode: code"
)
PROFILES: Final = {
    "missing.yaml": f"""
profile: missing
version: 1
kind: event
files: [force-a/missing*.csv]
record_id: ref
source: {{constant: force-a}}
parts:
  child: {{kind: person, {_PERSON}}}
  episode: {{kind: event, event_type: {{constant: missing episode}}, from: start}}
  part: {{kind: person_in_event, person: {{part: child}}, event: {{part: episode}}, role: {{constant: missing child}}}}
""",
    "people.yaml": f"""
profile: people
version: 1
kind: person
files: [people.csv]
record_id: id
source: {{constant: council-b}}
fields: {{{_PERSON}}}
""",
    "cars.yaml": """
profile: cars
version: 1
kind: vehicle
files: [cars.csv]
record_id: ref
source: {constant: force-a}
fields: {registration: mark, make: make, person: keeper}
""",
}


def laid_out(folder: Path) -> tuple[Path, Path]:
    """Both written: the folder of extracts and that of the profiles."""
    extracts, profiles = folder / "extracts", folder / "profiles"
    for name, text in FILES.items():
        (extracts / name).parent.mkdir(parents=True, exist_ok=True)
        (extracts / name).write_text(text, encoding="utf-8")
    profiles.mkdir()
    for name, text in PROFILES.items():
        (profiles / name).write_text(text.lstrip(), encoding="utf-8")
    return extracts, profiles
