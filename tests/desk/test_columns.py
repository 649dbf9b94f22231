"""A folder's picture as columns is what its store holds, and its figures what one counts row by row."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.desk import columns, fill_totals, fill_trust, resolve, results
from concerted.desk.columns import Columns
from concerted.desk.report.data import SourcePair
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from concerted.linkage.store import Link
from tests.desk.extracts import PEOPLE, decisions, small

SOURCES = ("council", "charity", "force")


@pytest.mark.parametrize("at_a_time", [1, 7, 100_000])
def test_members_and_links_are_those_of_the_store(
    result: Path, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    monkeypatch.setattr(columns, "ROWS", at_a_time)
    with Store.open(result) as store:
        held, links, members = Columns.of(store), results.links(store), results.entities(store)
    told = zip(*(held.members[name].to_pylist() for name in ("source", "record_id", "entity")), strict=True)
    assert [((source, record_id), entity) for source, record_id, entity in told] == list(members.items())
    assert told_by(held) == [(one.left, one.right, one.weight, one.band, one.reasons, one.against) for one in links]
    assert [held.sources[at] for at in held.source.tolist()] == held.members["source"].to_pylist()


def told_by(held: Columns) -> list[tuple[object, ...]]:
    keys = list(zip(*(held.members[name].to_pylist() for name in ("source", "record_id")), strict=True))
    words = held.said.to_pylist()
    return [
        (
            *(keys[row["one"]], keys[row["other"]], row["weight"], "join" if row["joined"] else "review"),
            *(words[row["reasons"]], words[row["against"]]),
        )
        for row in held.links.to_pylist()
    ]


@pytest.mark.parametrize("again", [False, True])
def test_what_keeping_gives_is_what_the_store_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, again: bool
) -> None:
    told, real = list[tuple[Columns, Columns]](), resolve.write_out

    def write_out(store: Store, *rest: Any) -> object:
        told.append((rest[2], Columns.of(store)))
        return real(store, *rest)

    if again:  # those that were there before keep their arrival, however they are ordered now
        small(tmp_path, PEOPLE[:3])
    made = Options(replace=again, decisions=decisions(tmp_path, ("5", "6", "unsure"), ("1", "2", "different")))
    monkeypatch.setattr("concerted.desk.resolve.write_out", write_out)
    small(tmp_path, PEOPLE[::-1], made)
    given, kept = told[0]
    assert given.asked.num_rows
    for name in ("members", "links", "said", "asked"):
        one, other = getattr(given, name), getattr(kept, name)
        if isinstance(one, pa.Table):
            one, other = one.select(other.column_names).combine_chunks(), other.combine_chunks()
        assert one.equals(other), name
    came = given.members["record_id"].to_pylist()
    assert came[:3] == (["1", "2", "3"] if again else ["6", "5", "4"])


def test_a_first_change_tells_of_each_record_the_earliest_of_its_set(tmp_path: Path) -> None:
    with Store.open(small(tmp_path, [*PEOPLE[2:], *PEOPLE[:2]])) as store:
        first: dict[str, int] = {}
        rows = store.run("select source, record_id, entity, number from member order by arrival").fetchall()
        wanted = {(source, record_id, 1, None, first.setdefault(entity, at)) for source, record_id, entity, at in rows}
        assert len(first) < len(rows)
        assert set(map(tuple, store.run("select * from moved").fetchall())) == wanted


def test_a_text_is_kept_once(result: Path) -> None:
    with Store.open(result) as store:
        said = [words for (words,) in store.run("select words from said")]
        told = {words for row in store.run("select reasons, against from told") for words in row}
        assert len(said) == len(set(said))
        assert set(said) == told
        assert len(said) < 2 * store.count("link")


def test_a_picture_without_links(tmp_path: Path) -> None:
    folder = small(tmp_path, [("1", "Amara", "Okonjo", "2009-03-14", "", "a")])
    with Store.open(folder) as store:
        held = Columns.of(store)
        assert (held.members.num_rows, held.links.num_rows, len(held.said), held.asked.num_rows) == (1, 0, 0, 0)
        assert fill_totals.totals(held).between == ()
        assert fill_trust.trust(store, held, "DIR").between == ()


def _held(entities: list[tuple[int, str]], links: Sequence[tuple[int, int, float, bool, int]] = ()) -> Columns:
    members = pa.table(
        {
            "record_id": [str(at) for at in range(len(entities))],
            "source": pa.array([source for _, source in entities], pa.string()),
            "entity": pa.array([str(entity) for entity, _ in entities], pa.string()),
        }
    )
    names = ("one", "other", "probability", "joined", "reasons")
    found = pa.table({name: [row[at] for row in links] for at, name in enumerate(names)})
    return Columns(members, found, pa.array(["same name (+4.0)", "decided same by Ann on 2 May: seen"]), pa.table({}))


_ENTITIES = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(SOURCES)), min_size=1, max_size=14)


@given(entities=_ENTITIES)
def test_entities_between_sources_are_counted_as_one_by_one(entities: list[tuple[int, str]]) -> None:
    of_each: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for entity, source in entities:
        of_each[entity][source] += 1
    wanted: Counter[tuple[str, str]] = Counter()
    for sources in of_each.values():
        for one, other in combinations_with_replacement(sorted(sources), 2):
            wanted[one, other] += one != other or sources[one] > 1
    across = sum(len(sources) > 1 for sources in of_each.values())
    pairs = tuple(SourcePair(*pair, count) for pair, count in sorted(wanted.items()) if count)
    assert fill_totals._between(_held(entities)) == (pairs, across)


@given(entities=_ENTITIES, data=st.data())
def test_links_between_sources_are_counted_as_one_by_one(entities: list[tuple[int, str]], data: st.DataObject) -> None:
    record = st.integers(0, len(entities) - 1)
    link = st.tuples(record, record, st.sampled_from([0.25, 0.5, 1.0]), st.booleans(), st.integers(0, 1))
    links = data.draw(st.lists(link, min_size=1, max_size=12))
    wanted: dict[tuple[str, ...], list[float]] = {}
    for one, other, probability, joined, said in links:
        pair = tuple(sorted((entities[one][1], entities[other][1])))
        counts = wanted.setdefault(pair, [0, 0, 0.0])
        counts[0 if joined else 1] += 1
        counts[2] += 1 - probability if joined and not said else 0
    found = fill_trust._between(_held(entities, links))
    assert {(one.left, one.right): [one.joined, one.review, one.false] for one in found} == wanted
    assert [one.share or 0 for one in found] == sorted((one.share or 0 for one in found), reverse=True)


def test_a_link_is_found_either_way_round_and_by_no_other_pair(tmp_path: Path) -> None:
    folder = small(tmp_path, options=Options(decisions=decisions(tmp_path, ("5", "6", "same"))))
    with Store.open(folder) as store:
        links: list[Link] = results.links(store)
        for link in links:
            assert results.link_between(store, link.right, link.left) == link
            assert results.link_between(store, link.left, link.left) is None
        of_none = results.number_of(store, links[0].left._replace(record_id="nobody"))
        assert of_none is None
        assert results.link_between(store, links[0].left, links[0].left._replace(record_id="nobody")) is None
        assert np.array_equal(np.diff([one.weight for one in links]) <= 0, np.full(len(links) - 1, fill_value=True))
