"""A release: whole in its JSON, named by its content, and never a way in for anyone's SQL."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.linkage.comparisons import STANDARD
from concerted.linkage.release import Release, shipped

Change = Callable[[dict[str, Any]], object]


def _changed(change: Change, *, signed: bool = True) -> str:
    """The shipped release's JSON after a change; signed: with the id that the changed content gives."""
    content = json.loads(shipped({"other_school": "other_School"}).to_json())
    change(content)
    if signed:
        content["id"] = _id_of(content)
    return json.dumps(content)


def _id_of(content: dict[str, Any]) -> str:

    body = {name: value for name, value in content.items() if name != "id"}
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def _set(*path: str | int, to: object) -> Change:
    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = to

    return change


def test_json_round_trip_keeps_all_of_it(tmp_path: Path) -> None:
    release = shipped({"other_school": "other_School", "other_state": "other_state"}).bound(0.0123)
    (tmp_path / "model.json").write_text(release.to_json(), encoding="utf-8")
    again = Release.load(tmp_path / "model.json")
    assert again == release
    assert again.id == release.id == json.loads(release.to_json())["id"]


@given(st.floats(1e-9, 0.1), st.booleans(), st.floats(-20, 20))
def test_json_round_trip_of_any_figures(prior: float, trained: bool, join: float) -> None:
    release = Release("any", trained, "for a test", STANDARD, join=join).bound(prior)
    assert Release.from_json(release.to_json()) == release


def test_the_id_is_sixteen_hexadecimal_digits_and_changes_with_the_content() -> None:
    releases = [
        shipped(),
        shipped({"other_school": "other_school"}),
        shipped({"other_school": "other_State"}),
        shipped().bound(0.1),
        shipped().bound(0.2),
        Release("other name", False, "", STANDARD),
        Release("other name", True, "", STANDARD),
        Release("other name", False, "", STANDARD, join=3.0),
        Release("other name", False, "", STANDARD[:-1]),
    ]
    ids = {release.id for release in releases}
    assert len(ids) == len(releases)
    assert all(len(one) == 16 and set(one) <= set("0123456789abcdef") for one in ids)
    assert shipped().id == shipped().id


def test_a_prior_is_bound_to_a_folder_and_taken_off_again() -> None:
    bound = shipped().bound(0.123456789)
    assert bound.prior == 0.123457
    assert bound.unbound() == shipped()


def test_thresholds_are_named_for_the_summary() -> None:
    assert Release("r", False, "", (), join=3, review=1, set_mean=-1).thresholds == {"join": 3, "review": 1, "set": -1}


def test_columns_of_the_profiles_own_naming_are_titled_as_the_profile_names_them() -> None:
    release = shipped({"other_soc_sec_id": "other_soc_sec_id", "other_b": "other_Bail state"})
    assert [comparison.title for comparison in release.comparisons[-2:]] == ["Bail state", "Soc sec id"]


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "7", "not json", '{"id": "x", "form": 2}', "[" * 100_000, '{"id":1,"form":2,"name":2}'],
)
def test_what_is_no_release_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(UsedWronglyError, match=r"the release: is not a model release\. Give a model\.json"):
        Release.from_json(text)


def test_a_name_that_no_text_can_hold_is_refused() -> None:
    with pytest.raises(UsedWronglyError, match="is not a model release"):
        Release.from_json(shipped().to_json().replace('"shipped-1"', '"\\ud800"'))


def test_a_file_that_cannot_be_read_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"^model\.json: the model cannot be read"):
        Release.load(tmp_path / "model.json")
    (tmp_path / "model.json").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(UsedWronglyError, match=r"^model\.json: the model cannot be read"):
        Release.load(tmp_path / "model.json")


@pytest.mark.parametrize("field", ["form", "standard_version"])
def test_another_version_is_refused(field: str) -> None:
    with pytest.raises(UsedWronglyError, match="of another version of Concerted"):
        Release.from_json(_changed(_set(field, to=99)))


def test_an_altered_file_is_refused() -> None:
    text = _changed(_set("comparisons", 0, "levels", 0, "m", to=0.6), signed=False)
    with pytest.raises(UsedWronglyError, match="was altered after it was written"):
        Release.from_json(text)


FOREIGN = [
    _set("comparisons", 0, "levels", 0, "condition", to="true or (select count(*) from read_csv('x')) > 0"),
    _set("comparisons", 0, "missing", to="false"),
    _set("comparisons", 0, "name", to="name; drop table standard"),
    _set("comparisons", 0, "levels", 0, "rarity", to="n); drop table standard; --"),
    _set("comparisons", 0, "needs", to=["nowhere"]),
    _set("comparisons", 0, "columns", to=["nowhere"]),
    _set("comparisons", 0, "household", to=True),
    _set("comparisons", 0, "title", to="<b>Name</b>"),
    _set("comparisons", -1, "missing", to="false"),
    _set("comparisons", -1, "name", to="other_school; drop table standard"),
    _set("comparisons", -1, "name", to="other_"),
    lambda content: content["comparisons"][0]["levels"].pop(),
    lambda content: content["comparisons"].append(content["comparisons"][0]),
]


@pytest.mark.parametrize("change", FOREIGN)
def test_what_this_version_does_not_define_is_never_run(change: Change) -> None:
    with pytest.raises(UsedWronglyError, match="in a way that this version does not know"):
        Release.from_json(_changed(change))


@pytest.mark.parametrize("share", [0, -0.1, 1.5, float("nan"), float("inf"), 1e-300, 10**400])
@pytest.mark.parametrize("which", ["m", "u"])
def test_a_share_that_is_none_is_refused(which: str, share: float) -> None:
    with pytest.raises(UsedWronglyError, match="holds figures that no model can have"):
        Release.from_json(_changed(_set("comparisons", 2, "levels", 1, which, to=share)))


@pytest.mark.parametrize(
    ("field", "figure"),
    [("prior", 0), ("prior", 1), ("prior", -1), ("join", float("nan")), ("review", float("inf")), ("set_mean", -1e6)],
)
def test_a_figure_that_no_model_can_have_is_refused(field: str, figure: float) -> None:
    with pytest.raises(UsedWronglyError, match="holds figures that no model can have"):
        Release.from_json(_changed(_set(field, to=figure)))


def test_comparisons_can_be_left_out_and_the_release_carries_which(tmp_path: Path) -> None:
    less = shipped({"other_school": "other_School"}).without(["country", "place"]).without(["other_school"])
    assert less.left_out == ("country", "other_school", "place")
    assert len(less.comparisons) == len(STANDARD) - 2
    assert less.id != shipped().id
    (tmp_path / "model.json").write_text(less.to_json(), encoding="utf-8")
    again = Release.load(tmp_path / "model.json")
    assert (again, again.id) == (less, less.id)
    assert again.without(["place"]) == less


def test_a_release_that_is_whole_does_not_speak_of_what_is_left_out() -> None:
    """So its id is what it was before anything could be."""
    assert shipped().without([]) == shipped()
    assert "left_out" not in json.loads(shipped().to_json())


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (
            ["place", "shoe size"],
            "nothing that is compared is called 'shoe size'. Leave out some of name, birth, sex, ",
        ),
        ([one.name for one in STANDARD], "nothing is left to compare. Leave out some of "),
    ],
)
def test_what_cannot_be_left_out_is_said(names: list[str], said: str) -> None:
    with pytest.raises(UsedWronglyError) as refused:
        shipped().without(names)
    assert said in str(refused.value)


@pytest.mark.parametrize("left_out", [7, [7], None])
def test_left_out_that_is_no_list_of_names_is_refused(left_out: object) -> None:
    with pytest.raises(UsedWronglyError, match="is not a model release"):
        Release.from_json(_changed(_set("left_out", to=left_out)))


@pytest.mark.parametrize("field", ["prior", "join", "name", "training"])
def test_a_figure_or_name_of_another_kind_is_refused(field: str) -> None:
    with pytest.raises(UsedWronglyError, match="is not a model release"):
        Release.from_json(_changed(_set(field, to=["x"])))


def test_a_release_with_other_m_and_u_is_taken() -> None:
    release = Release.from_json(_changed(_set("comparisons", 2, "levels", 0, "m", to=0.9)))
    assert release.comparisons[2].levels[0].m == 0.9
