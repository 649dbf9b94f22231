"""A council's children-in-need census: XML without names, by the council's own number and the pupil number.

Its shape follows the Department for Education's "Children in need census" guide, as sample files show it. A child has
one episode or more; what is said of an episode is drawn without regard to anything about the child.
"""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic.agencies import Agency
from concerted.synthetic.columns import days
from concerted.synthetic.district import District
from concerted.synthetic.mentions import File
from concerted.synthetic.profiles import yaml_text
from concerted.synthetic.rates import rate

Numbers = NDArray[np.int64]
Texts = NDArray[np.object_]
CENSUS: Final = "cin_census.xml"
_DFE: Final = {
    "W1": "WBRI", "W2": "WIRI", "W3": "WIRT", "W9": "WOTH", "M1": "MWBC", "M2": "MWBA", "M3": "MWAS", "M9": "MOTH",
    "A1": "AIND", "A2": "APKN", "A3": "ABAN", "A4": "CHNE", "A9": "AOTH", "B1": "BCRB", "B2": "BAFR", "B9": "BOTH",
    "O2": "OOTH", "O9": "OOTH", None: "NOBT",
}  # fmt: skip
_FACTORS: Final = (
    "1A",
    "2A",
    "3B",
    "4A",
    "4B",
    "5A",
    "7A",
    "10A",
    "11A",
    "12A",
    "13A",
    "15A",
    "16A",
    "17A",
    "20",
    "21",
    "24A",
)


class CensusFile:
    """An open census. Use it in a `with` block: it ends the document."""

    def __init__(self, place: Path, reference_date: str) -> None:
        self._place, self._date = place, reference_date

    def __enter__(self) -> Self:
        self._place.parent.mkdir(parents=True, exist_ok=True)
        self._handle: TextIO = self._place.open("w", encoding="utf-8", newline="\n")
        self._handle.write(
            '<?xml version="1.0" encoding="utf-8"?>\n<Message>\n<Header>\n'
            f"<CollectionDetails><Collection>CIN</Collection><Year>{self._date[:4]}</Year><ReferenceDate>{self._date}</ReferenceDate></CollectionDetails>\n"
            "<Source><SourceLevel>L</SourceLevel><LEA>000</LEA><SoftwareCode>invented</SoftwareCode><Release>1</Release>"
            f"<SerialNo>001</SerialNo><DateTime>{self._date}T09:00:00</DateTime></Source>\n</Header>\n<Children>\n"
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._handle.write("</Children>\n</Message>\n")
        self._handle.close()

    def write(self, district: District, form: Callable[[int], str], rng: np.random.Generator) -> tuple[Texts, Numbers]:
        """Add the children of a district that the council lists: one for each, with one episode or two.

        form: how the council writes its own numbers. Gives the record id of each episode, and whose it is.
        """
        rows = district.mentions.of(File.PEOPLE)
        who = district.mentions.person[rows]
        age = district.people.families.age(district.as_of)[who]
        rows = rows[(age < 18) & (rng.random(len(rows)) < rate("in_the_census"))]
        ids: list[str] = []
        people: list[int] = []
        for row in rows.tolist():
            local = form(int(district.reference[row]))
            many = 1 + int(rng.random() < rate("second_episode"))
            self._child(district, row, local, many, rng)
            ids += [f"{local}/{number}/child" for number in range(1, many + 1)]
            people += [int(district.mentions.person[row])] * many
        return np.array(ids, object), np.array(people, np.int64)

    def _child(self, district: District, row: int, local: str, many: int, rng: np.random.Generator) -> None:
        person = int(district.mentions.person[row])
        upn = district.people.upn[person]
        number = (
            f"<UPN>{upn}</UPN>"
            if upn and rng.random() < rate("census_has_the_pupil_number")
            else "<UPNunknown>UN4</UPNunknown>"
        )
        born = days(district.people.families.born[[person]])[0]
        sex = "2" if district.people.families.female[person] else "1"
        details = "".join(_episode(district, rng) for _ in range(many))
        ethnicity = _DFE[district.typed.ethnicity[row]]
        self._handle.write(
            f"<Child><ChildIdentifiers><LAchildID>{escape(local)}</LAchildID>{number}<PersonBirthDate>{born}"
            f"</PersonBirthDate><Sex>{sex}</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>{ethnicity}</Ethnicity>"
            f"</ChildCharacteristics>{details}</Child>\n"
        )


def _episode(district: District, rng: np.random.Generator) -> str:
    began = int(district.as_of - rng.integers(10, 700))
    factors = rng.choice(_FACTORS, int(rng.integers(1, 4)), replace=False)
    coded = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in factors.tolist())
    start, done = days(np.array([began + 5, began + 40]))
    return (
        f"<CINdetails><CINreferralDate>{days(np.array([began]))[0]}</CINreferralDate><ReferralSource>"
        f"{rng.choice(['1A', '2B', '3A', '5A', '6'])}</ReferralSource>"
        f"<PrimaryNeedCode>{rng.choice(['N1', 'N4', 'N5', 'N6'])}</PrimaryNeedCode>"
        f"<Assessments><AssessmentActualStartDate>{start}</AssessmentActualStartDate>"
        f"<AssessmentAuthorisationDate>{done}</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment>{coded}"
        "</FactorsIdentifiedAtAssessment></Assessments><ReferralNFA>0</ReferralNFA></CINdetails>"
    )


def census_profile(agency: Agency) -> str:
    """The YAML of the profile that reads the census of this council."""
    content = {
        "profile": f"{agency.slug}-census",
        "version": 1,
        "title": f"Children in need census ({agency.name}, invented)",
        "kind": "event",
        "files": [f"{agency.slug}/{CENSUS}"],
        "file": {"format": "cin-census"},
        "record_id": "row_id",
        "source": {"constant": agency.slug},
        "parts": {
            "child": {
                "kind": "person",
                "local_id": "child",
                "upn": "UPN",
                "date_of_birth": {"column": "PersonBirthDate", "date": "%Y-%m-%d"},
                "sex": {"column": "Sex", "codes": {"1": "male", "2": "female", "0": None, "9": None}},
            },
            "referral": {
                "kind": "event",
                "event_type": {"constant": "referral"},
                "from": {"column": "CINreferralDate", "date": "%Y-%m-%d"},
                "assessment_factors": "AssessmentFactors",
            },
            "part": {
                "kind": "person_in_event",
                "person": {"part": "child"},
                "event": {"part": "referral"},
                "role": {"constant": "child"},
            },
        },
        "evidence": ["Ethnicity"],
    }
    return (
        f"# The children in need census of {agency.name}, which is invented. It holds no names.\n{yaml_text(content)}"
    )
