"""What the records hold and lack, counted: by hand here, by columns there."""

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.desk import mending
from concerted.desk.quality.figures import (
    LEFT_EMPTY,
    OTHER_WORDS,
    EthnicityFigures,
    FieldFigures,
    Missing,
    Quality,
    WaitingFigures,
    by_name,
)
from concerted.desk.quality.missing import grouped, none_codes, why
from concerted.desk.quality.tally import RecordsFile
from concerted.desk.quality.waiting import Red, waiting
from concerted.desk.replay import replay
from concerted.desk.resolve import Options, resolve
from concerted.desk.store import Store
from tests.desk import extracts
from tests.desk.quality import ETHNIC, FORCE, FORCE_ROWS, figures, made, of_field, of_kind


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result folder that no test may change."""
    return made(tmp_path_factory.mktemp("quality"))


@pytest.fixture(scope="module")
def found(folder: Path) -> Quality:
    return figures(folder)


def test_agencies_stand_by_name_with_their_kinds_of_record(found: Quality) -> None:
    kinds = [(one.source, [(kind.kind, kind.records) for kind in one.kinds]) for one in found.agencies]
    assert kinds == [("Council", [("person", 2), ("event", 3)]), ("force", [("person", 5)])]
    assert sorted(["b", "", "A", "a"], key=by_name) == ["A", "a", "b", ""]


def test_a_field_is_recorded_missing_or_not_read(found: Quality) -> None:
    assert of_field(found, "force", "given_name") == FieldFigures("given_name", 5, 4, (Missing(LEFT_EMPTY, 1),))
    born = of_field(found, "force", "date_of_birth")
    assert (born.records, born.recorded, born.unread, born.values_unread, born.missing) == (5, 4, 1, 1, ())
    assert born.share == 0.8


def test_the_words_for_missing_are_the_files_own_under_the_reasons_of_the_list(found: Quality) -> None:
    phone = of_field(found, "force", "phone")
    assert phone.missing == (Missing("not known", 1, (("Unknown", 1),)), Missing("not applicable", 1, (("n/a", 1),)))
    care = of_field(found, "force", "care_status")
    assert care.missing == (Missing("not known", 1, (("unknown", 1),)), Missing(OTHER_WORDS, 1, (("-", 1),)))
    assert (care.recorded, care.unread) == (2, 1)  # "unknown" is a code of the list, and says that there is no value


def test_one_of_several_values_not_read_is_counted_and_its_record_is_not_lost(found: Quality) -> None:
    phone = of_field(found, "force", "phone")
    assert (phone.recorded, phone.lacking, phone.unread, phone.values_unread) == (2, 2, 1, 2)


def test_a_required_field_counts_the_rows_that_are_refused_for_want_of_it(found: Quality) -> None:
    family = of_field(found, "force", "family_name")
    assert (family.required, family.rows_refused, family.records) == (True, 1, 5)
    assert not of_field(found, "force", "given_name").required


def test_a_required_field_that_cannot_be_read_refuses_its_row(tmp_path: Path) -> None:
    profile = FORCE.replace("required: [family_name]", "required: [date_of_birth]")
    born = of_field(figures(made(tmp_path, force=profile)), "force", "date_of_birth")
    assert (born.rows_refused, born.values_unread, born.unread) == (1, 0, 0)


def test_a_field_that_the_extract_has_not_is_no_nought(found: Quality) -> None:
    force = of_kind(found, "force")
    assert "sex" in force.absent
    assert "sex" not in {one.field for one in force.fields}
    assert not {"nationality", "phone"} & set(force.absent)


def test_what_the_profile_fills_is_no_merit_of_the_extract(found: Quality) -> None:
    events = of_kind(found, "Council", "event")
    assert events.said == ("event_type",)
    assert [one.field for one in events.fields] == ["reference", "from"]
    assert of_field(found, "Council", "from", "event").values_unread == 1


def test_a_part_of_which_nothing_is_told_is_no_record(found: Quality) -> None:
    assert of_field(found, "Council", "given_name") == FieldFigures("given_name", 2, 2)


def test_ethnicity_stands_apart_and_no_other_table_has_it(found: Quality) -> None:
    fields = {name for one in found.agencies for kind in one.kinds for name in (*kind.absent, *kind.said)}
    fields |= {one.field for agency in found.agencies for kind in agency.kinds for one in kind.fields}
    assert not {name for name in fields if name.startswith("ethnicity")}
    assert [(one.field, one.source) for one in found.ethnicity] == [
        ("ethnicity_self_defined", "Council"),
        ("ethnicity_self_defined", "force"),
        ("ethnicity_observed", "Council"),
        ("ethnicity_observed", "force"),
    ]


def test_the_known_shares_of_ethnicity_are_counted_each_for_itself(found: Quality) -> None:
    [_, said, _, seen] = found.ethnicity
    assert said.figures
    assert seen.figures
    assert (said.figures.records, said.figures.recorded, said.figures.unread, said.figures.share) == (5, 2, 1, 0.4)
    assert said.figures.missing == (Missing("refused", 2),)  # "declined", and NS: not stated
    assert (seen.figures.recorded, seen.figures.unread, seen.reasons_unread) == (1, 1, 1)
    assert seen.figures.missing == (Missing(LEFT_EMPTY, 1), Missing("not asked", 1), Missing("not known", 1))


def test_ethnicity_that_is_not_taken_is_no_nought_and_the_column_left_out_is_named(found: Quality) -> None:
    said = found.ethnicity[0]
    assert said == EthnicityFigures("Council", "ethnicity_self_defined", 2, None, left_out=("Ethnicity",))


def test_reasons_stand_by_agency_most_frequent_first(found: Quality) -> None:
    assert [(one.source, one.what, one.count) for one in found.waiting] == [
        ("Council", "value", 1),
        ("force", "value", 2),
        *[("force", "row", 1)] * 2,
        *[("force", "value", 1)] * 5,
    ]
    assert found.waiting[0].reason.startswith("not a date")


def test_no_figure_tells_a_group(found: Quality) -> None:
    plain = str(found.to_dict())
    assert not [text for text in ETHNIC if f"'{text}'" in plain]
    assert "such as" not in next(one.mend for one in found.waiting if "Self-defined" in one.reason)


def test_for_machines_all_is_there_with_its_share(found: Quality) -> None:
    said = found.to_dict()
    assert list(said) == ["agencies", "ethnicity", "quarantine"]
    force = said["agencies"][1]["kinds"][0]
    assert list(force) == ["kind", "records", "fields", "said_by_the_profile", "not_in_the_extract"]
    assert force["fields"][0]["share"] == 0.8
    assert said["ethnicity"][0]["figures"] is None


def test_a_field_of_one_of_two_extracts_counts_the_records_of_that_one(tmp_path: Path) -> None:
    files = [
        extracts.table(tmp_path / "a.csv", ("id", "last", "tel"), [("1", "Lark", "07700 900001"), ("2", "Reed", "")]),
        extracts.table(tmp_path / "b.csv", ("id", "last"), [("3", "Finch")]),
    ]
    text = "profile: {0}\nversion: 1\nkind: person\nfiles: [{0}.csv]\nrecord_id: id\nsource: {{constant: force}}\n"
    fields = {"a": "fields: {family_name: last, phone: tel}\n", "b": "fields: {family_name: last}\n"}
    profiles = [extracts.profile(tmp_path, text.format(name) + fields[name], f"{name}.yaml") for name in "ab"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.desk.resolve.link", extracts.alone)
        resolve(files, profiles, tmp_path / "out", Options())
    found = figures(tmp_path / "out")
    assert of_kind(found, "force").records == 3
    assert of_field(found, "force", "phone") == FieldFigures("phone", 2, 1, (Missing(LEFT_EMPTY, 1),))


def test_agencies_that_each_row_says_are_told_apart(tmp_path: Path) -> None:
    path = extracts.table(tmp_path / "many.csv", ("who", "id", "last"), [("b", "1", "Lark"), ("a", "2", "")])
    profile = (
        "profile: m\nversion: 1\nkind: person\nrecord_id: id\nsource: {column: who}\nfields: {family_name: last}\n"
    )
    rows = [*[("b", "3", "Reed"), ("", "4", "Finch")]]
    extracts.table(path, ("who", "id", "last"), [("b", "1", "Lark"), ("a", "2", ""), *rows])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.desk.resolve.link", extracts.alone)
        resolve([path], [extracts.profile(tmp_path, profile)], tmp_path / "out", Options())
    found = figures(tmp_path / "out")
    assert [(one.source, one.kinds[0].records) for one in found.agencies] == [("a", 1), ("b", 2)]
    assert [of_field(found, source, "family_name").recorded for source in "ab"] == [0, 2]
    assert [(one.source, one.what) for one in found.waiting] == [("", "row")]


def test_what_is_mended_is_counted_as_it_is_now(tmp_path: Path) -> None:
    out = made(tmp_path)
    with Store.open(out) as store:
        [born] = waiting(store).numbers[Red("field", "force", "person", "date_of_birth")].ids
        [care] = waiting(store).numbers[Red("field", "force", "person", "care_status")].ids
        mending.mend(store, born, {"born": "18/01/2010"}, "Ann", "asked")
        mending.dismiss(store, care, "Ann", "nobody knows")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.desk.resolve.link", extracts.alone)
        replay(out)
    found = figures(out)
    assert of_field(found, "force", "date_of_birth") == FieldFigures("date_of_birth", 5, 5)
    assert of_field(found, "force", "care_status").values_unread == 1  # dismissed, and still counted
    assert of_field(found, "Council", "given_name") == FieldFigures("given_name", 2, 2)


def test_reasons_that_differ_in_figures_alone_are_one(tmp_path: Path) -> None:
    again = [("1", *("x" * at if name else "" for name in FORCE_ROWS[0][1:])) for at in (1, 2)]
    found = figures(made(tmp_path, rows=[*FORCE_ROWS, *again, ("2", *again[0][1:])]))
    [alike] = [one for one in found.waiting if "stands already" in one.reason]
    assert alike == WaitingFigures(
        "force", "row", "its record id stands already in row …, with other content", alike.mend, 3
    )


@pytest.mark.parametrize(
    ("field", "told", "code", "text", "wanted"),
    [
        ("phone", None, None, "", (LEFT_EMPTY, "")),
        ("phone", None, None, "declined", ("refused", "declined")),
        ("phone", None, None, "0", (OTHER_WORDS, "0")),
        ("care_status", None, "unknown", "Not known", ("not known", "Not known")),
        ("ethnicity_self_defined", "not asked", "NS", "NS", ("not asked", "")),
        ("ethnicity_self_defined", None, "NS", "NS", ("refused", "")),
        ("ethnicity_self_defined", None, None, "NOBT", ("not asked", "")),
        ("ethnicity_self_defined", None, None, "unknown", ("not known", "")),
        ("phone", None, None, "NOBT", (OTHER_WORDS, "NOBT")),
        ("nationality", None, None, "unknown", ("not known", "")),
        ("disability", None, None, "zzz", (OTHER_WORDS, "")),
    ],
)
def test_why(field: str, told: str | None, code: str | None, text: str, wanted: tuple[str, str]) -> None:
    assert why(field, told, code, text) == wanted


def test_codes_that_say_that_there_is_none() -> None:
    assert none_codes("ethnicity_self_defined") == ("NS",)
    assert none_codes("care_status") == ("unknown",)
    assert none_codes("phone") == none_codes("role") == ()


def test_reasons_stand_in_the_order_of_the_list() -> None:
    counts = Counter({(OTHER_WORDS, "?"): 1, ("refused", "b"): 2, ("refused", "a"): 2, (LEFT_EMPTY, ""): 9})
    assert grouped(counts) == (
        Missing(LEFT_EMPTY, 9),
        Missing("refused", 4, (("a", 2), ("b", 2))),
        Missing(OTHER_WORDS, 1, (("?", 1),)),
    )


def test_figures_that_lose_a_record_are_refused() -> None:
    with pytest.raises(AssertionError, match="records were lost"):
        FieldFigures("sex", 3, 1, (Missing(LEFT_EMPTY, 1),))
    assert FieldFigures("sex", 0, 0).share is None


RECORDS = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.sampled_from([(None, None), (None, ""), (None, " "), (None, "Unknown"), (None, "moon"), ("foster", "x")]),
    ),
    max_size=30,
)


@given(RECORDS)
def test_every_record_is_counted_once_as_a_loop_over_them_would(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, tuple[str | None, str | None]]]
) -> None:
    path = tmp_path_factory.mktemp("records") / "001.parquet"
    columns = {
        "source": [source for source, _ in records],
        "record_id": [str(at) for at in range(len(records))],
        "care_status": [value for _, (value, _) in records],
        "care_status_as_given": [given for _, (_, given) in records],
    }
    names = ["source", "record_id", "care_status", "care_status_as_given"]
    pq.write_table(pa.table(columns, schema=pa.schema([(name, pa.string()) for name in names])), path)
    unread = {
        source: {str(at) for at, (of, told) in enumerate(records) if of == source and told[1] == "moon"}
        for source in "ab"
    }
    found = RecordsFile(path).tally("care_status", unread)
    for source in "ab":
        told = Counter(held for of, held in records if of == source and held[1] is not None)
        if not told:
            assert source not in found
            continue
        tally = found[source]
        assert (tally.records, tally.recorded, tally.unread) == (
            told.total(),
            told["foster", "x"],
            told[None, "moon"],
        )
        wanted = {
            (LEFT_EMPTY, ""): told[None, ""] + told[None, " "],
            ("not known", "Unknown"): told[None, "Unknown"],
        }
        assert tally.missing == +Counter(wanted)
    assert RecordsFile(path).tally("sex", {}) == {}
