"""Training: the same release for the same records, a plain refusal where they are too few, and nothing printed."""

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.linkage import train as training
from concerted.linkage.comparisons import NAME, SEX, STANDARD, other
from concerted.linkage.link import link
from concerted.linkage.release import Release, shipped
from concerted.linkage.train import NotTrainedError, possible_levels, train
from tests.linkage.records import FAMILY, GIVEN, Row, engine_with, write

linking = sys.modules[link.__module__]  # the package gives the function the name of its module
OTHERS = {"other_left_hand": "other_left hand"}


def _region() -> list[Row]:
    """Some 1,500 records of 600 invented people with slips, so many alike that every level occurs by chance too."""
    draw = random.Random(20090314)
    people = [_person(draw, number) for number in range(600)]
    return [_copy(draw, person, copy) for person in people for copy in range(draw.choice((1, 2, 3, 4)))]


def _person(draw: random.Random, number: int) -> dict[str, str]:
    return {
        "record_id": str(number),
        "given_name": draw.choice(GIVEN),
        "family_name": draw.choice(FAMILY) + draw.choice(("", "son")),
        "date_of_birth": f"{1980 + draw.randrange(12)}-{1 + draw.randrange(12):02}-{1 + draw.randrange(28):02}",
        "sex": draw.choice(("female", "male")),
        "nhs_number": f"99900{number:05}",
        "other_left hand": draw.choice(("amber", "blue", "cobalt")),
    }


def _copy(draw: random.Random, person: dict[str, str], copy: int) -> Row:
    born = person["date_of_birth"]
    return {
        **person,
        "source": "force",
        "record_id": f"{person['record_id']}-{copy}",
        "given_name": _slip(draw, person["given_name"]) if draw.random() < 0.9 else None,
        "family_name": _slip(draw, person["family_name"]),
        "middle_names": draw.choice(GIVEN) if draw.random() < 0.1 else None,
        "date_of_birth": born if draw.random() < 0.9 else f"{born[:8]}{1 + draw.randrange(28):02}",
        "nhs_number": person["nhs_number"] if draw.random() < 0.3 else None,
        "other_left hand": _slip(draw, person["other_left hand"]),
    }


def _slip(draw: random.Random, text: str) -> str:
    if draw.random() > 0.15:
        return text
    at = draw.randrange(1, len(text))
    return text[:at] + draw.choice("aeinrst") + text[at:]


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("train") / "region.parquet", _region())


@pytest.fixture(autouse=True)
def _a_smaller_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "RANDOM_PAIRS", 120_000)


@pytest.fixture(scope="module")
def trained(region: Path) -> Release:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "RANDOM_PAIRS", 120_000)
        return train(engine_with(region), shipped(OTHERS))


def test_two_runs_over_the_same_records_give_the_same_release(region: Path, trained: Release) -> None:
    assert train(engine_with(region), shipped(OTHERS)).id == trained.id


def test_a_trained_release_says_so_and_keeps_what_is_never_trained(trained: Release) -> None:
    assert (trained.name, trained.trained, trained.prior) == ("trained", True, None)
    assert trained.training.startswith("Trained on 1,")
    start = {comparison.name: comparison for comparison in shipped(OTHERS).comparisons}
    changed = {c.name for c in trained.comparisons if c != start[c.name]}
    assert changed == {"name", "birth", "sex", "other_left_hand"}


def test_a_trained_release_is_a_release_like_any_other(trained: Release) -> None:
    assert Release.from_json(trained.to_json()) == trained


def test_trained_shares_are_shares_and_speak_for_and_against(trained: Release) -> None:
    for comparison in trained.comparisons:
        if comparison.name in {"name", "birth", "sex", "other_left_hand"}:
            assert sum(level.m for level in comparison.levels) == pytest.approx(1, abs=0.05)
            assert sum(level.u for level in comparison.levels) == pytest.approx(1, abs=0.05)
            assert comparison.levels[0].m > comparison.levels[0].u
            assert comparison.levels[-1].m < comparison.levels[-1].u


def test_training_finds_what_was_planted(trained: Release) -> None:
    birth = next(comparison for comparison in trained.comparisons if comparison.name == "birth")
    assert birth.levels[0].m == pytest.approx(0.82, abs=0.1)
    sex = next(comparison for comparison in trained.comparisons if comparison.name == "sex")
    assert sex.levels[0].u == pytest.approx(0.5, abs=0.02)


def test_link_trains_where_records_are_enough_and_says_nothing_on_the_way(
    region: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(linking, "ENOUGH", 1000)
    linked = link([region])
    assert linked.release.trained
    assert linked.release.prior is not None
    assert linked.chosen.startswith("trained on these 1,")
    assert capfd.readouterr() == ("", "")


def _few(count: int, **fields: str) -> list[Row]:
    return [{"source": "force", "record_id": str(at), **fields} for at in range(count)]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "no field that can be trained has values"),
        (_few(5), "no field that can be trained has values"),
        (_few(5, nhs_number="9990000018"), "no field that can be trained has values"),
        (_few(1, given_name="Hana", family_name="Varga"), "'same full name' was met 0 times in 120,000 random pairs"),
        (_few(30, given_name="Hana", family_name="Varga"), "'two or more names shared' was met 0 times"),
    ],
)
def test_files_that_are_too_small_or_odd_are_refused_in_plain_words(tmp_path: Path, rows: list[Row], why: str) -> None:
    with pytest.raises(NotTrainedError, match=f"^{why}"):
        train(engine_with(write(tmp_path / "few.parquet", rows)), shipped())


@pytest.mark.parametrize("fields", [("given_name", "family_name", "middle_names"), ("sex",)])
def test_one_field_alone_cannot_be_trained(tmp_path: Path, fields: tuple[str, ...]) -> None:
    rows: list[Row] = [{name: row[name] for name in ("source", "record_id", *fields)} for row in _region()]
    with pytest.raises(NotTrainedError, match="too few records agree on a name, a date of birth"):
        train(engine_with(write(tmp_path / "names.parquet", rows)), shipped())


def test_who_asks_for_training_that_cannot_be_done_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "few.parquet", _few(3, nhs_number="9990000018"))
    with pytest.raises(UsedWronglyError, match="no model can be trained on these records: no field"):
        link([path], model="train")
    monkeypatch.setattr(linking, "ENOUGH", 3)
    linked = link([path])
    assert not linked.release.trained
    assert linked.chosen == (
        "the shipped release, since these records cannot train one: no field that can be trained has values"
    )


def test_a_level_without_values_is_neither_seen_nor_missed(tmp_path: Path) -> None:
    rows: list[Row] = [{"source": "a", "record_id": "1", "postcode": "QQ1 1CC", "given_name": "Hana"}]
    engine = engine_with(write(tmp_path / "one.parquet", rows))
    home = next(comparison for comparison in STANDARD if comparison.name == "home")
    words = {level.words for level in possible_levels(engine, home)}
    assert words == {level.words for level in home.levels} - {"same address"}
    assert "same family name" not in {level.words for level in possible_levels(engine, NAME)}


@pytest.mark.parametrize("name", ["other_left", "other_x_l", "other_r_r", "other_l"])
def test_a_column_whose_name_looks_like_a_side_is_compared_with_itself(tmp_path: Path, name: str) -> None:
    rows: list[Row] = [{"source": "a", "record_id": "1", name: "blue"}]
    compared = other(name, "Own column")
    assert possible_levels(engine_with(write(tmp_path / "one.parquet", rows)), compared) == set(compared.levels)


def test_a_level_that_was_never_met_among_likely_pairs_is_refused() -> None:
    rows = [{"is_null_level": True}, {"m_probability": 0.9}, {}]
    with pytest.raises(NotTrainedError, match=r"^'sex differs' was never met among likely pairs"):
        training._estimated(SEX, {"comparison_levels": rows}, 0.01, set(SEX.levels))


def test_true_pairs_are_taken_out_of_what_was_sampled_but_never_all_of_it() -> None:
    rows = [{"is_null_level": True}, {"m_probability": 0.9}, {"m_probability": 0.1}]
    row = {"comparison_levels": rows}
    first, last = training._estimated(SEX, row, 0.1, set(SEX.levels)).levels
    assert (first.m, first.u, last.m, last.u) == (0.9, 0.41, 0.1, 0.49)
    rare = replace(SEX, levels=(replace(SEX.levels[0], u=0.05), SEX.levels[1]))
    assert training._estimated(rare, row, 0.1, set(rare.levels)).levels[0].u == 0.005


def test_a_level_that_cannot_occur_here_keeps_the_shipped_figures() -> None:
    row = {"comparison_levels": [{"is_null_level": True}, {"m_probability": 0.9}, {}]}
    assert training._estimated(SEX, row, 0.1, {SEX.levels[0]}).levels[1] == SEX.levels[1]


def test_evidence_that_came_out_the_wrong_way_round_is_refused() -> None:
    turned = replace(SEX, levels=(replace(SEX.levels[0], m=0.1), SEX.levels[1]))
    with pytest.raises(NotTrainedError, match=r"^Sex did not come out as evidence"):
        training._checked(turned)
    assert training._checked(SEX) is SEX


def test_a_comparison_that_no_session_reaches_is_not_called_trained(tmp_path: Path) -> None:
    fields = ("source", "record_id", "given_name", "family_name", "middle_names", "sex")
    rows: list[Row] = [{name: row[name] for name in fields} for row in _region()]
    with pytest.raises(NotTrainedError, match="too few records agree on anything but what 'Name' is compared by"):
        train(engine_with(write(tmp_path / "names.parquet", rows)), shipped())
