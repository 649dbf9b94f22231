"""A release: whole in its JSON, named by its content, and never a way to compare what this version does not define."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.linkage.coded import Coded
from concerted.linkage.comparisons import STANDARD
from concerted.linkage.release import Release, by_hand, shipped
from concerted.linkage.tables import Table, same

Change = Callable[[dict[str, Any]], object]
BESIDE = same("middle", "given")


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
    release = shipped({"other_school": "other_School", "other_state": "other_state"}).bound(0.0123, 0.0456)
    (tmp_path / "model.json").write_text(release.to_json(), encoding="utf-8")
    again = Release.load(tmp_path / "model.json")
    assert again == release
    assert again.id == release.id == json.loads(release.to_json())["id"]


SHARES = st.floats(1e-12, 1)


@given(st.floats(1e-9, 0.1), st.floats(1e-9, 0.1), st.booleans(), st.floats(-20, 20), st.tuples(SHARES, SHARES, SHARES))
def test_json_round_trip_of_any_figures(
    prior: float, kin_prior: float, trained: bool, join: float, shares: tuple[float, float, float]
) -> None:
    m, u, kin = shares
    first, *others = STANDARD
    changed = replace(first, levels=tuple(replace(level, m=m, u=u, kin=kin) for level in first.levels))
    release = Release("any", trained, "for a test", (changed, *others), join=join).bound(prior, kin_prior)
    assert Release.from_json(release.to_json()) == release


def test_conditions_stand_in_the_file_as_text() -> None:
    given, *_ = json.loads(shipped().to_json())["comparisons"]
    assert given["missing"] == "Missing(columns=('given',))"
    assert [level["when"] for level in given["levels"]][:2] == [
        "Same(column='given')",
        "Crossed(one='given', other='family')",
    ]
    assert given["levels"][-1]["when"] == "None"


def test_the_id_is_sixteen_hexadecimal_digits_and_changes_with_the_content() -> None:
    releases = [
        shipped(),
        shipped({"other_school": "other_school"}),
        shipped({"other_school": "other_State"}),
        shipped().bound(0.1, 0.1),
        shipped().bound(0.2, 0.1),
        shipped().bound(0.1, 0.2),
        Release("other name", False, "", STANDARD),
        Release("other name", True, "", STANDARD),
        Release("other name", False, "", STANDARD, join=3.0),
        Release("other name", False, "", STANDARD[:-1]),
    ]
    ids = {release.id for release in releases}
    assert len(ids) == len(releases)
    assert all(len(one) == 16 and set(one) <= set("0123456789abcdef") for one in ids)
    assert shipped().id == shipped().id


def test_the_id_changes_with_every_figure_of_a_level() -> None:
    first, *others = STANDARD
    same, *levels = first.levels
    others_of_it = (replace(same, m=0.5), replace(same, u=0.5), replace(same, kin=0.5))
    changed = [replace(first, levels=(one, *levels)) for one in others_of_it]
    ids = {Release("r", False, "", (one, *others)).id for one in (first, *changed)}
    assert len(ids) == 4


def test_priors_are_bound_to_a_folder_and_taken_off_again() -> None:
    bound = shipped().bound(0.123456789, 0.0000987654321)
    assert (bound.prior, bound.kin_prior) == (0.123457, 9.87654e-05)
    assert bound.unbound() == shipped()


def test_thresholds_are_named_for_the_summary() -> None:
    assert Release("r", False, "", (), join=3, keep=1, set_mean=-1).thresholds == {"join": 3, "keep": 1, "set": -1}


def test_columns_of_the_profiles_own_naming_are_titled_as_the_profile_names_them() -> None:
    release = shipped({"other_soc_sec_id": "other_soc_sec_id", "other_b": "other_Bail state"})
    assert [comparison.title for comparison in release.comparisons[-2:]] == ["Bail state", "Soc sec id"]


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "7", "not json", '{"id": "x", "form": 3}', "[" * 100_000, '{"id":1,"form":3,"name":2}'],
)
def test_what_is_no_release_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(UsedWronglyError, match=r"the release: is not a model release\. Give a model\.json"):
        Release.from_json(text)


def test_a_name_that_no_text_can_hold_is_refused() -> None:
    with pytest.raises(UsedWronglyError, match="is not a model release"):
        Release.from_json(shipped().to_json().replace(f'"{shipped().name}"', '"\\ud800"'))


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


def test_a_release_of_the_form_before_is_called_that_and_not_something_else() -> None:
    def change(content: Any) -> None:
        content["form"] = 2
        del content["kin_prior"], content["left_out"]
        for level in (level for comparison in content["comparisons"] for level in comparison["levels"]):
            del level["kin"], level["when"]
            level["condition"] = "given_l = given_r"

    said = r"^the release: is a model release of another version of Concerted\. Give a model\.json that"
    with pytest.raises(UsedWronglyError, match=said):
        Release.from_json(_changed(change))


@pytest.mark.parametrize(
    "change",
    [
        _set("comparisons", 0, "levels", 0, "m", to=0.6),
        _set("comparisons", 0, "levels", 0, "kin", to=0.6),
        _set("kin_prior", to=0.6),
        _set("training", to="by hand"),
        _set("id", to="0" * 16),
        lambda content: content["comparisons"].pop(),
    ],
)
def test_an_altered_file_is_refused(change: Change) -> None:
    text = _changed(change, signed=False)
    with pytest.raises(UsedWronglyError, match="was altered after it was written"):
        Release.from_json(text)


FOREIGN = [
    _set("comparisons", 0, "levels", 0, "when", to="Same(column='family')"),
    _set("comparisons", 0, "levels", 0, "when", to="Same(column=__import__('os').getcwd())"),
    _set("comparisons", 0, "levels", 0, "when", to=None),
    _set("comparisons", 0, "levels", 0, "words", to="same name"),
    _set("comparisons", 0, "levels", 0, "rarity", to="n); drop table standard; --"),
    _set("comparisons", 0, "levels", 0, "common", to=True),
    _set("comparisons", 3, "levels", 0, "common", to=False),
    _set("comparisons", 0, "levels", 0, "kith", to=0.5),
    _set("comparisons", 0, "missing", to="false"),
    _set("comparisons", 0, "name", to="name; drop table standard"),
    _set("comparisons", 0, "needs", to=["nowhere"]),
    _set("comparisons", 0, "columns", to=["nowhere"]),
    _set("comparisons", 0, "trained", to=False),
    _set("comparisons", 0, "title", to="<b>Name</b>"),
    _set("comparisons", -1, "missing", to="false"),
    _set("comparisons", -1, "levels", 1, "when", to="Like(column='other_school', least=0.1)"),
    _set("comparisons", -1, "name", to="other_school; drop table standard"),
    _set("comparisons", -1, "name", to="other_"),
    lambda content: content["comparisons"][0]["levels"].pop(),
    lambda content: content["comparisons"][0]["levels"].reverse(),
]


@pytest.mark.parametrize("change", FOREIGN)
def test_what_this_version_does_not_define_is_never_run(change: Change) -> None:
    with pytest.raises(UsedWronglyError, match="in a way that this version does not know"):
        Release.from_json(_changed(change))


def test_a_release_that_compares_something_twice_is_refused() -> None:
    def twice(content: Any) -> None:
        content["comparisons"].append(content["comparisons"][0])

    with pytest.raises(UsedWronglyError, match="the release: compares something twice"):
        Release.from_json(_changed(twice))


@pytest.mark.parametrize("share", [0, -0.1, 1.5, float("nan"), float("inf"), 1e-300, 10**400])
@pytest.mark.parametrize("which", ["m", "u", "kin"])
def test_a_share_that_is_none_is_refused(which: str, share: float) -> None:
    with pytest.raises(UsedWronglyError, match="holds figures that no model can have"):
        Release.from_json(_changed(_set("comparisons", 2, "levels", 1, which, to=share)))


@pytest.mark.parametrize(
    ("field", "figure"),
    [
        *((prior, figure) for prior in ("prior", "kin_prior") for figure in (0, 1, -1, float("nan"))),
        *(("join", float("nan")), ("keep", float("inf")), ("set_mean", -1e6)),
    ],
)
def test_a_figure_that_no_model_can_have_is_refused(field: str, figure: float) -> None:
    def change(content: Any) -> None:
        content |= {"prior": 0.1, "kin_prior": 0.1, field: figure}

    with pytest.raises(UsedWronglyError, match="holds figures that no model can have"):
        Release.from_json(_changed(change))


@pytest.mark.parametrize("prior", ["prior", "kin_prior"])
def test_a_release_is_bound_to_a_folder_by_both_priors_or_by_none(prior: str) -> None:
    with pytest.raises(UsedWronglyError, match="holds figures that no model can have"):
        Release.from_json(_changed(_set(prior, to=0.1)))


def test_comparisons_can_be_left_out_and_the_release_carries_which(tmp_path: Path) -> None:
    less = shipped({"other_school": "other_School"}).without(["country", "place"]).without(["other_school"])
    assert less.left_out == ("country", "other_school", "place")
    assert len(less.comparisons) == len(STANDARD) - 2
    assert less.id != shipped().id
    (tmp_path / "model.json").write_text(less.to_json(), encoding="utf-8")
    again = Release.load(tmp_path / "model.json")
    assert (again, again.id) == (less, less.id)
    assert again.without(["place"]) == less


def test_a_release_that_is_whole_leaves_nothing_out() -> None:
    assert shipped().without([]) == shipped()
    assert json.loads(shipped().to_json())["left_out"] == []


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (
            ["place", "shoe size"],
            "nothing that is compared is called 'shoe size'. Leave out some of given, family, middle, birth, sex, ",
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


@pytest.mark.parametrize("field", ["join", "name", "training", "comparisons"])
def test_a_figure_or_name_of_another_kind_is_refused(field: str) -> None:
    with pytest.raises(UsedWronglyError, match="is not a model release"):
        Release.from_json(_changed(_set(field, to=["x"])))


@pytest.mark.parametrize("which", ["m", "u", "kin"])
def test_a_release_with_other_figures_is_taken(which: str) -> None:
    release = Release.from_json(_changed(_set("comparisons", 2, "levels", 0, which, to=0.9)))
    assert getattr(release.comparisons[2].levels[0], which) == 0.9


def _held(**counts: int) -> Table:
    return Table(sum(counts.values()) + 10, 2.0, counts)


OWN: dict[str, Table] = {name: _held(okonjo=30, umeh=90) for name in ("given", "family", "address", "postcode", "dob")}


def test_the_tables_of_a_release_are_written_in_a_line_each_and_read_again() -> None:
    release = replace(by_hand(), frequencies=OWN, names={"given": _held(hana=40)})
    text = release.to_json()
    assert '"values": "okonjo|umeh",\n' in text
    assert '"counts": "30|90"\n' in text
    assert Release.from_json(text) == release
    assert len({release.id, by_hand().id, replace(release, names={}).id, replace(release, frequencies={}).id}) == 4


def test_what_names_say_together_is_written_in_parts_of_a_record_and_goes_elsewhere() -> None:
    release = replace(by_hand(), frequencies={BESIDE: Table(900, 18.25, {"lin": 301.07, "mei": 20})})
    assert '"counts": "301.07|20"\n' in release.to_json()
    assert Release.from_json(release.to_json()) == release
    assert release.unbound().names == release.frequencies


def test_used_elsewhere_a_release_says_nothing_of_the_streets_and_birthdays_of_the_people_it_was_made_with() -> None:
    release = replace(by_hand(), frequencies=OWN).bound(0.1, 0.1).unbound()
    assert release == replace(by_hand(), names={"family": OWN["family"], "given": OWN["given"]})
    assert not {"address", "postcode", "dob"} & release.names.keys()


def test_used_elsewhere_a_release_keeps_the_names_that_more_records_tell_of() -> None:
    many, few = _held(hana=4_000), _held(hana=40)
    release = replace(by_hand(), frequencies={"given": few, "family": many}, names={"given": many, "family": few})
    assert release.unbound().names == {"given": many, "family": many}
    assert release.unbound().unbound() == release.unbound()


def test_a_release_of_before_weighs_slips_as_it_did_and_keeps_its_id() -> None:
    coded = Coded(pa.table({"given": ["hana"] * 50}))
    before, now = replace(by_hand(), frequencies=OWN), by_hand().counted(coded)
    assert "slips_by_letters" not in json.loads(before.to_json())
    assert not Release.from_json(before.to_json()).slips_by_letters
    assert not before.shares(coded).slips_by_letters
    assert Release.from_json(now.to_json()) == now
    assert now.slips_by_letters
    assert now.shares(coded).slips_by_letters
    assert not now.unbound().slips_by_letters


def test_counted_over_other_records_a_release_forgets_the_ones_before() -> None:
    coded = Coded(pa.table({"given": ["hana"] * 50, "town": ["dunmere"] * 50}))
    release = replace(by_hand(), frequencies=OWN).counted(coded)
    assert release.frequencies == {"given": Table(50, 0.0, {"hana": 50}), "town": Table(50, 0.0, {"dunmere": 50})}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set("names", "given", "counts", to="20"), "is not a model release"),
        (_set("names", "given", "records", to=None), "is not a model release"),
        (_set("names", "given", to={}), "is not a model release"),
        (_set("names", to=[7]), "is not a model release"),
        (_set("names", "given", "records", to=1), "holds figures that no model can have"),
        (_set("names", "given", "unnamed", to=float("nan")), "holds figures that no model can have"),
        (_set("names", "town", to={"records": 1, "unnamed": 1.0, "values": "", "counts": ""}), "holds figures that no"),
        (_set("names", BESIDE, "counts", to="many"), "is not a model release"),
        (_set("names", BESIDE, "records", to=1), "holds figures that no model can have"),
        (_set("names", BESIDE, "unnamed", to=-1.0), "holds figures that no model can have"),
        (_set("names", BESIDE, "unnamed", to=float("nan")), "holds figures that no model can have"),
        (_set("unseen", to=7), "is not a model release"),
        (_set("slips_by_letters", to="yes"), "is not a model release"),
        (_set("unseen", to={"Sex: same sex": 7}), "is not a model release"),
    ],
)
def test_tables_and_notes_that_are_none_are_refused(change: Change, said: str) -> None:
    with pytest.raises(UsedWronglyError, match=said):
        Release.from_json(_changed(change))
