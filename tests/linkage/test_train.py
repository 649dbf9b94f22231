"""Training: what was planted is found, the same records give the same release, and too few are refused plainly."""

import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.linkage import train as training
from concerted.linkage.candidates import Pairs, as_one, propose
from concerted.linkage.coded import Coded
from concerted.linkage.comparisons import SEX
from concerted.linkage.keys import FAMILIES
from concerted.linkage.levels import Level
from concerted.linkage.link import link
from concerted.linkage.release import Release, by_hand
from concerted.linkage.train import NotTrainedError, train
from tests.linkage.records import FAMILY, GIVEN, Row, coded_with, comparer_of, write

linking = sys.modules[link.__module__]  # the package gives the function the name of its module
START = by_hand({"other_left_hand": "other_left hand"})
TRAINED = {"given", "family", "birth", "sex", "town", "other_left_hand"}
PEOPLE = 900
SAME = {"given": 0.8, "family": 0.9, "birth": 0.85, "town": 0.6, "other_left_hand": 0.7}  # planted: one person's share


def _region() -> list[Row]:
    """Two records of each of 900 people; a record's value is another's as often as one in so many pairs is planted."""
    draw = random.Random(20090314)
    people = [_person(draw, number) for number in range(PEOPLE)]
    first = [{**person, "source": "force", "record_id": f"{at}-1"} for at, person in enumerate(people)]
    second = [_copy(draw, person, at) for at, person in enumerate(people)]
    return [*first, *second]


def _person(draw: random.Random, number: int) -> dict[str, str]:
    return {
        "given_name": draw.choice(GIVEN) + draw.choice(("", "wyn", "ost", "ub")),
        "family_name": draw.choice(FAMILY) + draw.choice(("", "lock", "marsh", "gate", "field")),
        "date_of_birth": f"{1950 + draw.randrange(50)}-{1 + draw.randrange(12):02}-{1 + draw.randrange(28):02}",
        "sex": draw.choice(("female", "male")),
        "town": draw.choice(("Aberwold", "Brackenford", "Cold Marsham", "Dunmere")),
        "nhs_number": f"99900{number:05}",
        "other_left hand": draw.choice(("amber", "blue", "cobalt", "dun", "ecru")),
    }


def _copy(draw: random.Random, person: dict[str, str], at: int) -> Row:
    other = _person(draw, at)
    planted = zip(("given_name", "family_name", "date_of_birth", "town", "other_left hand"), SAME.values(), strict=True)
    slipped = {field: other[field] for field, share in planted if draw.random() > share}
    number = person["nhs_number"] if draw.random() < 0.3 else None
    return {**person, **slipped, "nhs_number": number, "source": "council", "record_id": f"{at}-2"}


def proposed(coded: Coded) -> Pairs:
    """The pairs that linking would look at."""
    found = propose(coded, FAMILIES)
    return as_one(found.left, found.right)


def trained_on(path: Path, start: Release = START) -> Release:
    """The release that these records train."""
    coded = coded_with(path)
    start = start.counted(coded)
    return train(comparer_of(coded, start.comparisons), start, proposed(coded))


def _levels(release: Release, name: str) -> tuple[Level, ...]:
    return next(one.levels for one in release.comparisons if one.name == name)


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("train") / "region.parquet", _region())


@pytest.fixture(scope="module", autouse=True)
def _a_smaller_sample() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "RANDOM_PAIRS", 200_000)
        yield


@pytest.fixture(scope="module")
def trained(region: Path) -> Release:
    return trained_on(region)


def test_a_trained_release_says_so_and_keeps_what_is_never_trained(trained: Release) -> None:
    assert (trained.name, trained.trained, trained.prior, trained.kin_prior) == ("trained", True, None, None)
    assert trained.training == (
        "Trained on 1,800 records; identifiers, telephones, e-mail and what people of one household share keep the "
        "shipped figures."
    )
    start = {comparison.name: comparison for comparison in START.comparisons}
    assert {c.name for c in trained.comparisons if c != start[c.name]} == TRAINED
    assert [c.name for c in trained.comparisons] == list(start)


def test_what_people_of_one_household_share_is_never_trained(trained: Release) -> None:
    for before, after in zip(START.comparisons, trained.comparisons, strict=True):
        assert [level.kin for level in after.levels] == [level.kin for level in before.levels]
        assert replace(after, levels=before.levels) == before


def test_a_trained_release_is_a_release_like_any_other(trained: Release) -> None:
    assert Release.from_json(trained.to_json()) == trained


@pytest.mark.parametrize("name", sorted(TRAINED))
def test_trained_shares_are_shares_and_speak_for_and_against(trained: Release, name: str) -> None:
    levels = _levels(trained, name)
    assert sum(level.m for level in levels) == pytest.approx(1, abs=0.01)
    assert sum(level.u for level in levels) == pytest.approx(1, abs=0.05)
    assert levels[-1].m < levels[-1].u
    assert any(level.m > level.u for level in levels[:-1])


@pytest.mark.parametrize("name", sorted(SAME))
def test_how_often_one_persons_records_agree_is_found_to_a_twentieth(trained: Release, name: str) -> None:
    """Some of the others agree by chance; a town's quarter and a hand's fifth do so as often as by design."""
    chance = {"town": 1 / 4, "other_left_hand": 1 / 5}.get(name, 0.0)
    equal = next(level for level in _levels(trained, name) if level.rarity)
    assert equal.m == pytest.approx(SAME[name] + (1 - SAME[name]) * chance, abs=0.05)


@pytest.mark.parametrize(
    ("name", "share"), [("sex", 1 / 2), ("town", 1 / 4), ("other_left_hand", 1 / 5), ("given", 1 / 40)]
)
def test_how_often_strangers_agree_is_found_to_a_tenth_of_it(trained: Release, name: str, share: float) -> None:
    assert _levels(trained, name)[0].u == pytest.approx(share, rel=0.1)


def test_levels_never_met_keep_the_figures_that_they_had_and_are_listed(trained: Release) -> None:
    """Nobody's names are the other way round; nobody's records have middle names or a place of birth."""
    crossed = _levels(trained, "given")[1]
    assert crossed == _levels(START, "given")[1]
    assert trained.unseen[f"Given name: {crossed.words}"] == training.KEPT
    for title, name in (("Middle names", "middle"), ("Place of birth", "place")):
        assert {f"{title}: {level.words}" for level in _levels(START, name)} <= trained.unseen.keys()
        assert _levels(trained, name) == _levels(START, name)


def test_levels_that_were_met_are_not_listed_nor_are_those_that_no_file_trains(trained: Release) -> None:
    met = {"Given name: same given name", "Sex: same sex", "Town: same town", "Left hand: left hand differs"}
    assert not met & trained.unseen.keys()
    assert not [level for level in trained.unseen if level.startswith(("NHS number", "Telephone", "Local id"))]
    assert START.unseen == {}


def test_a_level_whose_columns_are_empty_here_serves_where_they_are_not(tmp_path: Path) -> None:
    rows: list[Row] = [{**row, "postcode": f"QQ{at % PEOPLE % 300} 1CI"} for at, row in enumerate(_region())]
    address, postcode, *_ = _levels(trained_on(write(tmp_path / "codes.parquet", rows)), "home")
    assert address.u == _levels(START, "home")[0].u
    assert address.m / postcode.m == pytest.approx(30 / 17, rel=0.01)
    assert 0.8 < address.m + postcode.m < 1
    assert postcode.u == pytest.approx(1 / 300, rel=0.01)


def test_two_runs_over_the_same_records_give_the_same_release(region: Path, trained: Release) -> None:
    assert trained_on(region).id == trained.id


@pytest.mark.parametrize("most", [500_000, 2_000])
def test_neither_the_order_of_the_records_nor_their_ids_change_the_release(
    region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(training, "TRAINING_PAIRS", most)
    monkeypatch.setattr(training, "FEWEST_PAIRS", 10)
    rows = [{**row, "source": f"new {row['source']}"} for row in _region()]
    random.Random(7).shuffle(rows)
    for at, row in enumerate(rows):
        row["record_id"] = str(at)
    assert trained_on(write(tmp_path / "shuffled.parquet", rows)).id == trained_on(region).id


def test_link_trains_where_records_are_enough_and_says_nothing_on_the_way(
    region: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(linking, "ENOUGH", 1800)
    linked = link([region])
    assert linked.release.trained
    assert linked.release.prior == pytest.approx(1 / (2 * PEOPLE), rel=0.1)
    assert linked.chosen == "trained on these 1,800 records"
    assert capfd.readouterr() == ("", "")
    monkeypatch.setattr(linking, "ENOUGH", 1801)
    assert not link([region]).release.trained
    assert link([region], model="train").release.id == linked.release.id


def _few(count: int, **fields: str) -> list[Row]:
    return [{"source": "force", "record_id": str(at), **fields} for at in range(count)]


NOBODY_TWICE: list[Row] = [row for row in _region() if row["source"] == "force"]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "no field that can be trained has values"),
        (_few(5), "no field that can be trained has values"),
        (_few(5, nhs_number="9990000018"), "no field that can be trained has values"),
        (_few(1, given_name="Hana"), "hardly any pairs are of one person: 0 of 0 that were looked at"),
        (_few(10, given_name="Hana", family_name="Varga"), r"hardly any pairs are of one person: \d+ of 45 that were"),
        (NOBODY_TWICE, r"hardly any pairs are of one person: \d+ of [\d,]+ that were looked at"),
    ],
    ids=["none", "bare", "a number", "one", "few", "nobody twice"],
)
def test_files_that_are_too_small_or_odd_are_refused_in_plain_words(tmp_path: Path, rows: list[Row], why: str) -> None:
    with pytest.raises(NotTrainedError, match=f"^{why}"):
        trained_on(write(tmp_path / "few.parquet", rows), by_hand())


def test_who_asks_for_training_that_cannot_be_done_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(
        tmp_path / "few.parquet",
        [{"source": "force", "record_id": str(at), "nhs_number": f"999000000{at}"} for at in range(3)],
    )
    said = r"^no model can be trained on these records: no field that can be trained has values\. Use --model default"
    with pytest.raises(UsedWronglyError, match=said):
        link([path], model="train")
    monkeypatch.setattr(linking, "ENOUGH", 3)
    linked = link([path])
    assert not linked.release.trained
    assert linked.chosen == (
        "the shipped release, since these records cannot train one: no field that can be trained has values"
    )


def test_evidence_that_came_out_the_wrong_way_round_is_refused() -> None:
    same, differs = SEX.levels
    for levels in ((replace(same, m=0.1), differs), (same, replace(differs, m=0.9))):
        with pytest.raises(NotTrainedError, match=r"^Sex did not come out as evidence: the training did not converge$"):
            training._checked(replace(SEX, levels=levels))
    assert training._checked(SEX) is SEX


bits = st.floats(-5_000, 5_000)
shares = st.floats(0, 0.1)


@given(bits, bits, shares, shares)
def test_however_much_agrees_a_pair_is_shared_out_between_the_three_answers(
    one: float, kin: float, of_one: float, of_kin: float
) -> None:
    found = training._shared_out(np.array([one]), np.array([kin]), np.array([of_one, of_kin]))
    assert all(0 <= part[0] <= 1 for part in found)
    assert sum(part[0] for part in found) <= 1 + 1e-9
    if abs(one) < 100 and abs(kin) < 100 and of_one > 1e-9 and of_kin > 1e-9:
        odds = of_one * 2**one, of_kin * 2**kin
        assert [part[0] for part in found] == pytest.approx([each / (1 + sum(odds)) for each in odds])
