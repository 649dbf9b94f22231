"""Questions: the weights, sets and bands of batch, little to go on, what is common, and nobody."""

import random
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from concerted.common.errors import UsedWronglyError
from concerted.linkage import Release, link, match
from concerted.linkage.compare import Comparer
from concerted.linkage.standing.answer import Hit
from concerted.linkage.standing.asked import Question
from concerted.linkage.standing.few import Few
from concerted.linkage.standing.found import NEAREST, found
from concerted.linkage.standing.hits import in_words
from concerted.linkage.standing.judged import ANSWERED, NOT_SURE, Compared, Judged, compared
from concerted.linkage.weigh import SLIGHT, prior_weight, probability, weighed
from tests.linkage.records import Row, coded_with, people, person
from tests.linkage.records import write as written
from tests.linkage.standing.pictures import Made, agencies, picture, without_key
from tests.linkage.test_link_worlds import TRUE, World, worlds


def _seen(rows: World) -> list[Row]:
    return [{name: value for name, value in row.items() if name != TRUE} for row in rows]


def _said(row: Row) -> dict[str, str]:
    return {name: value for name, value in row.items() if value}


def _all_weights(made: Made, row: Row) -> dict[int, float]:
    """What a record weighs with every record of the picture, by their numbers there."""
    question = Question(made.standing, _said(row))
    pairs = compared(Few(question), np.arange(made.standing.records, dtype=np.int32))
    return dict(enumerate(pairs.weighed.weight.tolist()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=worlds())
def test_a_pair_weighs_the_same_in_a_question_as_in_batch(
    tmp_path_factory: pytest.TempPathFactory, rows: World
) -> None:
    made = picture(tmp_path_factory.mktemp("world"), _seen(rows))
    names = ("left", "right", "weight")
    batch = {
        (left, right): weight
        for left, right, weight in zip(*(made.linked.pairs[name].to_pylist() for name in names), strict=True)
    }
    if made.standing.records < len(rows):
        return  # some stand for others here, and have no number of their own
    for number, row in enumerate(made.rows):
        for other, weight in _all_weights(made, row).items():
            told = batch.get((min(number, other), max(number, other)))
            if told is not None and number != other and told > SLIGHT:
                assert weight == pytest.approx(told, abs=1e-9)


def test_common_names_and_what_is_near_them_weigh_as_in_batch(tmp_path: Path) -> None:
    given = ("John", "Jon", "Mohammed", "Muhammad", "Sarah", "Sara", "Smith", "J", None)
    family = ("Smith", "Smyth", "Khan", "Kahn", "Jones", "John", None)
    rows: list[Row] = [
        {
            **person(at % 7),
            "given_name": one,
            "family_name": other,
            "middle_names": ("Ann", "A", None)[at % 3],
            "nhs_number": f"99900000{at % 4}{at % 3}",
            "address": f"{at % 5} Mill Lane",
            "source": ("force", "council")[at % 2],
            "record_id": str(at),
        }
        for at, (one, other) in enumerate(product(given, family))
    ]
    made = picture(tmp_path, rows)
    assert made.standing.records == len(rows)
    coded, release = coded_with(tmp_path / "records.parquet"), made.linked.release
    comparer = Comparer(coded, release.comparisons, release.shares(coded))
    left, right = (side.astype(np.int32) for side in np.triu_indices(len(rows), 1))
    batch = weighed(comparer.compare(left, right), release, candidate=True).weight
    one_by_one = [_all_weights(made, row) for row in made.rows]
    for side, other in ((left, right), (right, left)):
        asked = [one_by_one[one][two] for one, two in zip(side.tolist(), other.tolist(), strict=True)]
        assert asked == pytest.approx(batch.tolist(), abs=1e-9)


def _would_join(hit: Hit) -> bool:
    """Whether a delivery of the question would."""
    return hit.band == "join" or NOT_SURE in hit.against


def test_who_is_asked_about_is_of_the_set_that_batch_would_put_them_in(tmp_path: Path) -> None:
    rows = agencies()
    release = picture(tmp_path, rows).linked.release
    whole = link([written(tmp_path / "whole.parquet", rows)], model=release)
    keys = [str(key) for key in whole.keys]
    for at in range(0, len(rows), 7):
        made = picture(tmp_path, [*rows[:at], *rows[at + 1 :]], release)
        joined = [hit for hit in made.asked(rows[at]).hits if _would_join(hit)]
        beside = {key for key, of in zip(keys, whole.entity, strict=True) if of == whole.entity[at]} - {keys[at]}
        assert [made.set_of(hit.entity_id) for hit in joined] == ([beside] if beside else [])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=worlds())
def test_one_entity_at_most_joins_and_by_a_link_that_batch_would_join_by(
    tmp_path_factory: pytest.TempPathFactory, rows: World
) -> None:
    """Its set is that of batch in nearly every world and not in each (decision 0031), so no more is held here."""
    seen, at = _seen(rows), len(rows) // 2
    asked = seen[at]
    if not any(value for name, value in asked.items() if name in ("given_name", "family_name", "date_of_birth")):
        return
    made = picture(tmp_path_factory.mktemp("world"), [*seen[:at], *seen[at + 1 :]])
    joined = [hit for hit in made.asked(asked).hits if _would_join(hit)]
    assert len(joined) <= 1
    assert all(hit.weight >= made.linked.release.join for hit in joined)


def test_the_answer_is_the_same_whatever_the_order_of_the_records(tmp_path: Path) -> None:
    rows = agencies()
    release = picture(tmp_path, rows).linked.release
    shuffled = picture(tmp_path, random.Random(5).sample(rows, len(rows)), release)
    made = picture(tmp_path, rows, release)
    for row in rows[::9]:
        one, other = (asked.asked(without_key(row)) for asked in (made, shuffled))
        told = [
            [(hit.weight, hit.band, hit.speaks_for, hit.against, hit.would_settle) for hit in each.hits]
            for each in (one, other)
        ]
        assert sorted(told[0]) == sorted(told[1])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The two agencies, and 80 people of one name."""
    many = [
        {**person(at), "given_name": "Amara", "family_name": "Quarshie", "source": "force", "record_id": f"m{at}"}
        for at in range(80)
    ]
    folder, rows = tmp_path_factory.mktemp("made"), [*agencies(), *many]
    return picture(folder, rows, _of_many(picture(folder, rows).linked.release))


def _of_many(release: Release) -> Release:
    """The release as a picture of many more people has it, where evidence has to say more."""
    return release.bound(1e-5, 1e-4)


def test_a_telephone_alone(made: Made) -> None:
    answer = made.asked({"phone": "+447700900003"})
    assert answer.hits[0].speaks_for[0].startswith("same telephone")
    assert "a date of birth would decide" in answer.hits[0].would_settle
    assert not answer.second_pass


def test_a_nickname_and_a_street(tmp_path: Path) -> None:
    rows = [{**row, "address": f"{at} Mill Lane"} for at, row in enumerate(people(20))]
    rows[4]["given_name"] = "Robert"
    made = picture(tmp_path, rows)
    best = made.asked({"given_name": "Bob", "address": "4 Mill Lane"}).hits[0]
    assert made.set_of(best.entity_id) & {"force:f148", "council:c148"}
    assert any("one root" in words for words in best.speaks_for)
    assert made.asked({"given_name": "Bob", "address": "Mill Lane"}).hits


def test_a_month_of_birth_counts_as_its_year_and_is_spoken_of(made: Made) -> None:
    born = str(person(3)["date_of_birth"])
    right = made.asked({"given_name": "Danuta", "family_name": "Okonjo", "date_of_birth": born[:7]}).hits[0]
    other = f"{born[:4]}-{int(born[5:7]) % 12 + 1:02}"
    wrong = made.asked({"given_name": "Danuta", "family_name": "Okonjo", "date_of_birth": other}).hits[0]
    assert right.weight == wrong.weight
    assert "born in that month, which is not weighed" in right.speaks_for
    assert "born in another month, which is not weighed" in wrong.against


def test_a_common_name_says_so_and_a_year_makes_it_few(made: Made) -> None:
    alone = made.asked({"given_name": "Amara", "family_name": "Quarshie"})
    assert any(words.startswith("many of this") and words.endswith("add a year or a place") for words in alone.capped)
    born = str(person(70)["date_of_birth"])
    dated = made.asked({"given_name": "Amara", "family_name": "Quarshie", "date_of_birth": born})
    assert made.set_of(dated.hits[0].entity_id) == {"force:m70"}
    assert dated.capped == ()


def test_of_a_common_key_those_with_most_else_in_common_are_looked_at(made: Made) -> None:
    asked = {"given_name": "Amara", "family_name": "Quarshie", "sex": "female", "town": "Aberwold"}
    looked_at = found(Question(made.standing, asked), None)
    assert 0 < len(looked_at.records) <= NEAREST + 10
    assert looked_at.capped


def test_what_more_would_tell_does(made: Made) -> None:
    row = made.rows[3]
    little = {"given_name": str(row["given_name"]), "phone": None}
    hit = made.asked({**little, "town": row["town"]}).hits[0]
    assert hit.band != "join"
    assert "a date of birth would decide" in hit.would_settle
    more = made.asked({**little, "town": row["town"], "date_of_birth": row["date_of_birth"]}).hits[0]
    assert (more.entity_id, more.band, more.would_settle) == (hit.entity_id, "join", ())


def test_a_misspelt_name_is_found_by_a_second_look(made: Made) -> None:
    answer = made.asked({"given_name": "Efossa", "family_name": "Pennhail"})
    assert answer.second_pass
    alike = made.asked({"given_name": "Efosa", "family_name": "Penhale"})
    assert not alike.second_pass
    assert not alike.hits or answer.hits[0].weight <= alike.hits[0].weight


def test_a_stranger_is_not_among_the_records(made: Made) -> None:
    answer = made.asked({"given_name": "Zuleika", "family_name": "Vandersloot", "date_of_birth": "1951-05-05"})
    assert answer.answer.startswith("not among the records searched")
    assert all(hit.band == "apart" for hit in answer.hits)


def test_too_little_is_not_an_answer(made: Made) -> None:
    answer = made.asked({"date_of_birth": "1984-03"})
    assert answer.answer.startswith("it cannot be told from so little")


def test_an_unknown_brother_is_not_his_brother(tmp_path: Path) -> None:
    rows = people(40)
    made = picture(tmp_path, rows, _of_many(picture(tmp_path, rows).linked.release))
    known = rows[5]
    brother = {**without_key(known), "given_name": "Kelechi", "date_of_birth": "1999-09-09"}
    answer = made.asked(brother)
    assert all(hit.band != "join" for hit in answer.hits)
    assert "what they share would also fit two people of one household" in str(answer.hits[0].against)


def test_another_number_of_which_a_person_has_one_is_for_a_person_to_judge(tmp_path: Path) -> None:
    rows = [{**row, "nhs_number": "9990000018"} if at == 0 else row for at, row in enumerate(people(20, ["force"]))]
    made = picture(tmp_path, rows)
    alike = made.asked({**without_key(rows[0]), "nhs_number": "9990000018"}).hits[0]
    other = made.asked({**without_key(rows[0]), "nhs_number": "9990000026"}).hits[0]
    assert (alike.band, other.band) == ("join", "review" if other.weight >= 0 else "apart")
    assert other.band == "apart" or other.against[0] == "each has another NHS number"


def test_a_record_of_a_source_that_lists_nobody_twice_is_of_nobody_there_but_itself(tmp_path: Path) -> None:
    rows = people(20, ["force"])
    made = picture(tmp_path, rows, unique_sources=frozenset({"force"}))
    assert made.asked(rows[3]).hits[0].band == "join"
    another = made.asked({**rows[3], "record_id": "f999"}).hits[0]
    assert (another.band, another.against[0]) == ("review", "each has another record in force")


def test_one_of_two_that_are_as_near_is_not_chosen(tmp_path: Path) -> None:
    rows: list[Row] = [*people(20, ["force"])]
    twins = [{**rows[0], "record_id": f"t{at}", "nhs_number": f"99900000{at}"} for at in (18, 26)]
    made = picture(tmp_path, [*rows[1:], *twins])
    hits = made.asked(without_key(rows[0])).hits
    assert [(hit.band, hit.against[0]) for hit in hits[:2]] == [("review", "another is as near")] * 2


@pytest.mark.parametrize(("bits", "band"), [(ANSWERED - 0.1, "review"), (ANSWERED + 0.1, "join")])
def test_what_would_join_is_no_answer_before_it_is_sure(tmp_path: Path, bits: float, band: str) -> None:
    rows = people(20, ["force"])
    linked = picture(tmp_path, rows).linked
    release, asked = linked.release, without_key(rows[0])
    assert release.prior is not None
    found = picture(tmp_path, rows).asked(asked).hits[0]
    start = prior_weight(release.prior) + bits - found.weight
    rarer = replace(release, prior=float(probability(np.array([start]))[0]))
    hit = picture(tmp_path, rows, rarer).asked(asked).hits[0]
    assert (hit.entity_id, hit.band) == (found.entity_id, band)
    assert hit.weight == pytest.approx(bits, abs=1e-6)
    assert (NOT_SURE in hit.against) == (band == "review")


def test_a_scope_is_as_if_there_were_no_other_records(tmp_path: Path) -> None:
    rows = agencies()
    whole = picture(tmp_path, rows)
    council = picture(tmp_path, [row for row in rows if row["source"] == "council"], whole.linked.release)
    for row in rows[::5]:
        if row["source"] == "force":
            scoped, apart = (one.asked(without_key(row), scope=["council"]) for one in (whole, council))
            assert scoped.searched == ("council",)
            assert [(hit.entity_id, hit.band) for hit in scoped.hits] == [
                (hit.entity_id, hit.band) for hit in apart.hits
            ]
            assert [hit.weight for hit in scoped.hits] == pytest.approx([hit.weight for hit in apart.hits], abs=1e-9)


def test_what_only_a_hidden_record_holds_together_is_several_people(tmp_path: Path) -> None:
    one, other = person(1), person(1)
    left = {
        "source": "force",
        "record_id": "l",
        "given_name": one["given_name"],
        "family_name": one["family_name"],
        "date_of_birth": one["date_of_birth"],
    }
    right = {
        "source": "force",
        "record_id": "r",
        "phone": other["phone"],
        "given_name": other["given_name"],
        "postcode": other["postcode"],
    }
    bridge = {"source": "council", "record_id": "b", **one}
    rest = [row for row in people(60, ["force"]) if row["given_name"] != one["given_name"]]
    made = picture(tmp_path, [left, bridge, right, *rest])
    if made.linked.entity[0] == made.linked.entity[1] == made.linked.entity[2]:
        hits = made.asked(bridge, scope=["force"]).hits
        assert {"force:l", "force:r"} <= {hit.entity_id for hit in hits}


@pytest.mark.parametrize("scope", [["nowhere"], []])
def test_a_scope_of_no_source_is_an_error(made: Made, scope: list[str]) -> None:
    with pytest.raises(UsedWronglyError, match="source"):
        made.asked({"family_name": "Penhale"}, scope=scope)


def test_a_record_that_tells_nobody_is_an_error(made: Made) -> None:
    with pytest.raises(UsedWronglyError, match="says nothing by which"):
        match(made.standing, {"sex": "female"})


def test_the_parts_in_words_sum_to_what_the_pair_weighs(made: Made) -> None:
    found = compared(Few(Question(made.standing, _said(made.rows[8]))), np.arange(40, dtype=np.int32))
    sums = [sum(part.bits for part in parts) for parts in found.pairs.parts]
    assert sums == pytest.approx(found.pairs.compared.splink.tolist(), abs=1e-9)


def test_a_link_is_told_in_the_words_of_batch(tmp_path: Path) -> None:
    made = picture(tmp_path, agencies())
    shown = made.linked.shown.to_pylist()
    for link_row in shown[:: max(len(shown) // 20, 1)]:
        asked, other = made.rows[link_row["left"]], link_row["right"]
        few = Few(Question(made.standing, _said(asked)))
        hit = _hits(compared(few, np.array([other], np.int32)))
        assert "; ".join(hit.speaks_for) == link_row["reasons"]
        assert "; ".join(hit.against) == link_row["against"]


def _hits(found: Compared) -> Hit:
    one = Judged(found.pairs.records, 0, 0.0, 0.0, (), "join")
    return in_words(found, [one])[0]


def test_most_hits_are_as_many_as_asked_for(made: Made) -> None:
    assert len(made.asked(without_key(made.rows[0]), top=2).hits) <= 2
    assert replace(made.asked(without_key(made.rows[0]))).ms > 0


def test_a_hit_names_its_records(made: Made) -> None:
    hit = made.asked(without_key(made.rows[3])).hits[0]
    assert set(hit.records) == made.set_of(hit.entity_id)


def test_names_the_other_way_round_weigh_as_in_batch(tmp_path: Path) -> None:
    rows: list[Row] = [*people(30)]
    rows[30] = {**rows[30], "given_name": rows[30]["family_name"], "family_name": rows[30]["given_name"]}
    made = picture(tmp_path, rows)
    pairs = made.linked.pairs.to_pylist()
    told = next(one["weight"] for one in pairs if (one["left"], one["right"]) == (0, 30))
    assert _all_weights(made, rows[0])[30] == pytest.approx(told, abs=1e-9)
    assert _all_weights(made, rows[30])[0] == pytest.approx(told, abs=1e-9)


def test_a_key_that_very_many_hold_is_not_even_looked_through(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concerted.linkage.standing.found.LOOKED_THROUGH", 70)
    answer = made.asked({"given_name": "Amara", "family_name": "Quarshie", "year_of_birth": "1984"})
    assert any("two names" in words for words in answer.capped)


def test_a_picture_without_names_is_asked_by_what_it_has(tmp_path: Path) -> None:
    phones = [{"source": "force", "record_id": f"f{at}", "phone": f"+4477009000{at:02}"} for at in range(30)]
    made = picture(tmp_path, phones)
    assert made.set_of(made.asked({"phone": "+447700900011"}).hits[0].entity_id) == {"force:f11"}
    assert not made.asked({"given_name": "Amara", "family_name": "Okonjo"}).hits


def test_a_picture_of_nobody_answers(tmp_path: Path) -> None:
    made = picture(tmp_path, [{"source": "force", "record_id": "f1"}])
    assert made.asked({"family_name": "Okonjo"}).hits == ()
