"""Why a pair has its weight, and why the records of an entity hang together."""

from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.linkage.bridges import Bridge
from concerted.linkage.explain import Part, WeightedLink, explain_entity, explain_pair
from concerted.linkage.link import link
from concerted.linkage.linked import Linked
from concerted.linkage.release import shipped
from concerted.linkage.terms import COMMON, DEPENDENCE, TOKENS, WORDS
from concerted.linkage.weigh import SLIGHT
from tests.linkage.records import Row, key, people, write


class Scene:
    """A file of records with a sibling in it, linked once for the tests of this file."""

    def __init__(self, folder: Path) -> None:
        self.rows: list[Row] = [dict(row) for row in people(20)]
        home = {"address": "1 Low Lane", "postcode": "QQ7 1CI", "phone": "+447700900999;+447700900998"}
        hana = {"source": "force", **home, "family_name": "Rees", "date_of_birth": "1984-03-05"}
        self.rows.append({**hana, "record_id": "hana", "given_name": "Hana"})
        self.rows.append({**hana, "record_id": "efosa", "given_name": "Efosa", "date_of_birth": "1991-11-27"})
        self.rows.append({**hana, "record_id": "turned", "given_name": "Rees", "family_name": "Hana"})
        born = {"source": "force", "date_of_birth": "1971-01-30", "town": "Dunmere"}
        self.rows += [{**born, "record_id": "born"}, {**born, "record_id": "born too"}]
        self.rows.append({"source": "force", "record_id": "year", "year_of_birth": "1984", "given_name": "Hana"})
        self.rows.append({"source": "force", "record_id": "bare"})
        self.path = write(folder / "records.parquet", self.rows)
        self.linked: Linked = link([self.path], model="default")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp("explain"))


FORCE = RecordKey("force", "hana")
SIBLING = RecordKey("force", "efosa")


def test_start_and_parts_sum_to_the_weight_that_linking_gave(scene: Scene) -> None:
    rows = [row for row in scene.linked.pairs.to_pylist() if row["weight"] >= SLIGHT]  # else it is the most it can be
    assert len(rows) > 20
    for row in rows[:: max(1, len(rows) // 12)]:
        left, right = (scene.linked.keys[row[side]] for side in ("left", "right"))
        explained = explain_pair([scene.path], scene.linked.release, left, right)
        assert explained.weight == pytest.approx(row["weight"], abs=1e-9)
        assert explained.probability == pytest.approx(row["probability"], abs=1e-9)
        assert explained.start + sum(part.bits for part in explained.parts) == pytest.approx(row["weight"], abs=1e-9)


def test_a_pair_says_the_same_whichever_record_is_named_first(scene: Scene) -> None:
    one = explain_pair([scene.path], scene.linked.release, FORCE, SIBLING)
    other = explain_pair([scene.path], scene.linked.release, SIBLING, FORCE)
    assert (one.left, one.right, other.left, other.right) == (FORCE, SIBLING, SIBLING, FORCE)
    assert one.weight == other.weight
    turned = [(part.field, part.words, part.bits, part.right_value, part.left_value) for part in other.parts]
    assert turned == [(part.field, part.words, part.bits, part.left_value, part.right_value) for part in one.parts]


def _parts(scene: Scene, one: RecordKey, other: RecordKey) -> dict[str, Part]:
    return {part.field: part for part in explain_pair([scene.path], scene.linked.release, one, other).parts}


def test_values_are_shown_as_they_were_compared(scene: Scene) -> None:
    parts = _parts(scene, FORCE, SIBLING)
    assert (parts["Given name"].left_value, parts["Given name"].right_value) == ("hana", "efosa")
    assert (parts["Family name"].left_value, parts["Family name"].words) == ("rees", "same family name, uncommon")
    assert (parts["Date of birth"].left_value, parts["Date of birth"].right_value) == ("1984-03-05", "1991-11-27")
    assert parts["Address and postcode"].left_value == "QQ71CI, 1 low lane"
    assert (parts["Address and postcode"].words, parts["Telephone"].left_value) == (
        "same address, rare",
        "+447700900998 +447700900999",
    )
    assert (parts["Sex"].words, parts["Sex"].bits) == ("not recorded on both sides", 0.0)


def test_the_terms_are_parts_of_their_own_where_they_count(scene: Scene) -> None:
    parts = _parts(scene, FORCE, SIBLING)
    title, words = WORDS[DEPENDENCE]
    household = parts[title]
    assert (household.words, household.left_value, household.right_value) == (words, "", "")
    assert household.bits < -5
    assert WORDS[TOKENS][0] not in parts
    turned = _parts(scene, FORCE, RecordKey("force", "turned"))
    assert turned[WORDS[TOKENS][0]].words == WORDS[TOKENS][1]
    assert WORDS[COMMON][0] not in turned
    nothing = _parts(scene, RecordKey("force", "born"), RecordKey("force", "born too"))
    assert nothing[WORDS[COMMON][0]].bits < 0


def test_a_sibling_is_flagged_as_of_one_household_and_no_twin(scene: Scene) -> None:
    found = explain_pair([scene.path], scene.linked.release, FORCE, SIBLING)
    assert [flag.name for flag in found.flags] == ["household"]
    alone = explain_pair([scene.path], scene.linked.release, FORCE, RecordKey("force", "bare"))
    assert alone.flags == ()


def test_a_year_alone_is_shown_as_a_year(scene: Scene) -> None:
    birth = _parts(scene, FORCE, RecordKey("force", "year"))["Date of birth"]
    assert (birth.right_value, birth.words) == ("1984", "same year of birth")


def test_a_record_without_any_value_says_nothing(scene: Scene) -> None:
    explained = explain_pair([scene.path], scene.linked.release, FORCE, RecordKey("force", "bare"))
    assert explained.weight == pytest.approx(explained.start, abs=0.01)  # but for what households might be
    assert {part.right_value for part in explained.parts} == {""}
    assert not any(part.bits for part in explained.parts if part.field not in dict(WORDS.values()))


def test_records_without_a_comparable_field_have_no_parts(tmp_path: Path) -> None:
    rows: list[Row] = [{"source": "a", "record_id": str(at)} for at in range(2)]
    path = write(tmp_path / "bare.parquet", rows)
    explained = explain_pair([path], shipped().bound(0.25, 0.01), key(rows[0]), key(rows[1]))
    assert explained.weight == pytest.approx(explained.start + sum(part.bits for part in explained.parts))
    assert {part.field for part in explained.parts} <= {title for title, _ in WORDS.values()}
    assert explained.probability == pytest.approx(0.25, abs=0.01)


def test_a_release_without_its_folders_prior_cannot_explain(scene: Scene) -> None:
    with pytest.raises(UsedWronglyError, match="not bound to a folder"):
        explain_pair([scene.path], shipped(), FORCE, SIBLING)


def test_a_record_that_is_not_there_is_named(scene: Scene) -> None:
    with pytest.raises(UsedWronglyError, match="there is no record force:nobody"):
        explain_pair([scene.path], scene.linked.release, FORCE, RecordKey("force", "nobody"))


def test_a_record_named_twice_is_refused(scene: Scene) -> None:
    with pytest.raises(UsedWronglyError, match="force:hana was named twice"):
        explain_pair([scene.path], scene.linked.release, FORCE, FORCE)


KEYS = [RecordKey("force", str(number)) for number in range(6)]
PAIRS = list(combinations(KEYS, 2))
graphs = st.dictionaries(st.sampled_from(PAIRS), st.integers(2, 30).map(float), max_size=9).map(
    lambda found: [(*pair, weight) for pair, weight in found.items()]
)


def _reached(start: RecordKey, links: list[WeightedLink]) -> set[RecordKey]:
    found = {start}
    for _ in KEYS:
        found |= {key for one, two, _ in links for key in (one, two) if one in found or two in found}
    return found


@given(graphs)
def test_bridges_are_the_links_without_which_their_records_fall_apart(links: list[WeightedLink]) -> None:
    members = sorted(_reached(KEYS[0], links))
    inside = [link for link in links if link[0] in members]
    expected = {}
    for one in inside:
        side = _reached(one[0], [other for other in inside if other is not one])
        if one[1] not in side:
            expected[one] = min(len(side), len(members) - len(side))
    assert {link: len(side) for link, side in explain_entity(links, members, KEYS[0]).bridges} == expected


@given(graphs, st.sampled_from(KEYS), st.sampled_from(KEYS))
def test_the_path_is_a_path_and_no_other_has_a_stronger_weakest_link(
    links: list[WeightedLink], left: RecordKey, right: RecordKey
) -> None:
    path = explain_entity(links, KEYS, left, right).path
    if left == right or right not in _reached(left, links):
        assert path == ()
        return
    assert len({frozenset(link[:2]) for link in path}) == len(path)
    assert set(path) <= set(links)
    assert left in path[0][:2]
    assert right in path[-1][:2]
    assert all(set(one[:2]) & set(other[:2]) for one, other in pairwise(path))
    weakest = min(link[2] for link in path)
    assert right not in _reached(left, [link for link in links if link[2] > weakest])


@given(graphs)
def test_the_weakest_link_is_the_least_that_holds_the_members_together(links: list[WeightedLink]) -> None:
    members = sorted(_reached(KEYS[0], links))
    weakest = explain_entity(links, members, KEYS[0]).weakest
    if weakest is None:
        assert members == [KEYS[0]]
        return
    inside = [link for link in links if link[0] in members]
    assert _reached(KEYS[0], [link for link in inside if link[2] >= weakest[2]]) == set(members)
    assert _reached(KEYS[0], [link for link in inside if link[2] > weakest[2]]) != set(members)


def test_links_to_records_outside_the_entity_do_not_count() -> None:
    inside = (KEYS[0], KEYS[1], 9.0)
    explained = explain_entity([inside, (KEYS[0], KEYS[2], 20.0)], KEYS[:2], KEYS[0], KEYS[1])
    assert (explained.members, explained.path, explained.weakest) == ((KEYS[0], KEYS[1]), (inside,), inside)
    assert explained.bridges == (Bridge(inside, (KEYS[0],)),)
