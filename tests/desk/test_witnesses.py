"""Two who were in one event, or are related, are two people: the folder's own records tell linkage so."""

from datetime import date
from pathlib import Path

import pytest

from concerted.cli.explain import pair_lines
from concerted.common.ids import RecordKey
from concerted.desk.explain import entity_of, pair
from concerted.desk.picture import picture
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from concerted.desk.witnesses import witnesses
from concerted.linkage import Witness

_NAMED = "given_name: {0}_first, family_name: {0}_last, date_of_birth: {0}_born"
PROFILE = f"""
profile: incidents
version: 1
kind: event
files: [incidents.csv]
record_id: ref
source: {{constant: force-a}}
parts:
  one: {{kind: person, {_NAMED.format("one")}}}
  two: {{kind: person, {_NAMED.format("two")}}}
  incident: {{kind: event, event_type: {{constant: crime}}, from: start}}
  there: {{kind: person_in_event, person: {{part: one}}, event: {{part: incident}}, role: {{constant: witness}}}}
  too: {{kind: person_in_event, person: {{part: two}}, event: {{part: incident}}, role: {{constant: witness}}}}
RELATION
"""
_RELATION = "  tie: {kind: relation, person: {part: one}, relation: {constant: sibling}, other_person: {part: two}}"
ROWS = (
    "ref,one_first,one_last,one_born,two_first,two_last,two_born,start\n"
    "I1,Amara,Okonjo,2009-03-14,Amara,Okonjo,2009-03-14,2026-01-05\n"
    "I2,Bryony,Penhale,2008-11-02,Callum,Tregear,2010-01-20,2026-01-06\n"
)
ONE, TWO = RecordKey("force-a", "I1/one"), RecordKey("force-a", "I1/two")


def _picture(folder: Path, relation: str) -> Path:
    (folder / "extracts").mkdir()
    (folder / "profiles").mkdir()
    (folder / "extracts" / "incidents.csv").write_text(ROWS, encoding="utf-8")
    (folder / "profiles" / "incidents.yaml").write_text(
        PROFILE.replace("RELATION", relation).lstrip(), encoding="utf-8"
    )
    picture(folder / "extracts", folder / "profiles", folder / "out", Options(as_of=date(2026, 3, 2)))
    return folder / "out"


@pytest.mark.parametrize("relation", ["", _RELATION])
def test_events_and_relations_tell_of_two_people(tmp_path: Path, relation: str) -> None:
    with Store.open(_picture(tmp_path, relation)) as store:
        found = witnesses(store)
        assert Witness("one_event", RecordKey("force-a", "I1/incident"), (ONE, TWO)) in found
        assert len([one for one in found if one.constraint == "one_event"]) == 2
        related = [one.members for one in found if one.constraint == "related"]
        assert related == [(ONE, TWO), (RecordKey("force-a", "I2/one"), RecordKey("force-a", "I2/two"))] * bool(
            relation
        )
        assert (TWO in entity_of(store, ONE).explanation.members) is not bool(relation)


def test_why_two_are_not_one_names_the_record_that_says_so(tmp_path: Path) -> None:
    with Store.open(_picture(tmp_path, _RELATION)) as store:
        explained = pair(store, ONE, TWO)
        event, relation = sorted(explained.witnessed)
        assert event.startswith("present at one event, as two people, says force-a:I1/incident (-6.0")
        assert relation.startswith("related to each other, says force-a:I1/tie (never one")
        assert f"Mind witness: {event}." in list(pair_lines(explained))
        assert pair(store, ONE, RecordKey("force-a", "I2/one")).witnessed == []
