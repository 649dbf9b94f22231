"""What a value's agreement is worth, by hand: the floor, small files, names known from elsewhere, and whole names."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage import frequencies
from concerted.linkage.coded import Coded
from concerted.linkage.frequencies import BLENDED, WHOLE, Frequencies
from concerted.linkage.tables import FLOOR, Table, Tables, counted

SMALL = 0.004  # what two strangers agree by chance


def _coded(**columns: list[Any]) -> Coded:
    return Coded(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}))


def _frequencies(names: Tables | None = None, **columns: list[Any]) -> Frequencies:
    coded = _coded(**columns)
    return Frequencies(coded, counted(coded, columns), names or {})


def _shares(counts: dict[str, int], u: float, gaps: int = 0, names: Table | None = None) -> dict[str, float]:
    values = [*(value for value, count in counts.items() for _ in range(count)), *[None] * gaps]
    found = np.exp2(_frequencies({"given": names} if names else {}, given=values).of("given", u))[1:]
    return dict(zip(counts, found.tolist(), strict=True))


def _blended(count: float, everyone: int, u: float) -> float:
    return (count + BLENDED * u) / (everyone + BLENDED)


def test_a_share_is_of_the_records_that_have_a_value() -> None:
    found = _shares({"umeh": 300, "varga": 100}, 0.01, gaps=600)
    assert found == pytest.approx({"umeh": _blended(300, 400, 0.01), "varga": _blended(100, 400, 0.01)})


def test_in_a_large_file_the_share_is_what_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "BLENDED", 0)
    assert _shares({"umeh": 300, "varga": 100}, 0.5, gaps=600) == pytest.approx({"umeh": 0.75, "varga": 0.25})


def test_in_a_large_file_nothing_is_rarer_than_the_floor_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "BLENDED", 0)
    found = _shares({"umeh": 9_000, "varga": FLOOR + 1, "rudd": FLOOR, "okonjo": 2, "mott": 1}, u=0.01)
    everyone = 9_000 + 2 * FLOOR + 4
    assert found["varga"] == pytest.approx((FLOOR + 1) / everyone)
    assert found["rudd"] == found["okonjo"] == found["mott"] == pytest.approx(FLOOR / everyone)


def test_in_a_small_file_a_value_that_few_hold_is_worth_what_its_level_is() -> None:
    found = _shares({"umeh": 60, "okonjo": FLOOR - 1, "mott": 1}, SMALL)
    assert found == pytest.approx({"umeh": _blended(60, 80, SMALL), "okonjo": SMALL, "mott": SMALL})


def test_what_elsewhere_is_common_is_common_in_a_small_file_and_nothing_is_rarer_for_it() -> None:
    """A name that is rare in a region may be that of every second family in a town."""
    elsewhere = Table(10_000, 1.0, {"jones": 300, "rudd": 20, "umeh": 100})
    found = _shares({"umeh": 60, "jones": 1, "rudd": 1, "mott": 1}, SMALL, names=elsewhere)
    assert found == pytest.approx({"umeh": _blended(60, 63, 0.01), "jones": 0.03, "rudd": SMALL, "mott": SMALL})


def test_what_a_large_file_counts_outweighs_what_is_known_from_elsewhere() -> None:
    found = _shares({"umeh": 99_000, "jones": 1_000, "varga": 1}, SMALL, names=Table(10_000, 1.0, {"varga": 5_000}))
    assert found["jones"] == pytest.approx(0.01, rel=0.02)
    assert found["varga"] == pytest.approx(_blended(FLOOR, 100_001, 0.5))


def test_where_too_few_owners_hold_what_is_common_no_unnamed_value_is_rare() -> None:
    """What only one of three owners holds is not named; but nor is it taken for rare."""
    values = [*["here"] * 600, *["there"] * 300, *["elsewhere"] * 300]
    sources = [*["force"] * 600, *["council", "charity", "force"] * 100, *["council", "charity"] * 150]
    coded = _coded(town=values, source=sources)
    tables = counted(coded, ["town"])
    assert tables["town"].held == {"there": 300}
    assert tables["town"].unnamed == (600**2 + 300**2) / 900
    found = np.exp2(Frequencies(coded, tables, {}).of("town", 0.5))
    assert found.tolist() == pytest.approx([_blended(count, 1_200, 0.5) for count in (500, 500, 300, 500)])


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.floats(1e-6, 0.5), st.floats(0, 0.5))
def test_a_share_lies_between_what_is_said_or_the_floor_and_all(counts: list[int], u: float, known: float) -> None:
    names = Table(100_000, 1.0, {"v0": round(known * 100_000)})
    found = _shares({f"v{at}": count for at, count in enumerate(counts)}, u, names=names)
    said = [max(u, names.held["v0"] / 100_000), *[u] * (len(counts) - 1)]
    for share, count, one in zip(found.values(), counts, said, strict=True):
        low, high = sorted((one, max(count, FLOOR) / sum(counts)))
        assert low * 0.999_999 <= share <= high * 1.000_001


def test_a_value_that_more_hold_is_never_rarer() -> None:
    counts = {f"v{at}": count for at, count in enumerate((1, 5, 19, 20, 21, 40, 200))}
    for u in (1e-5, 1e-3, 0.1):
        shares = list(_shares(counts, u).values())
        assert shares == sorted(shares) or shares[0] == pytest.approx(u)


def test_a_column_without_a_value_has_no_share_that_counts() -> None:
    found = _frequencies(given=[None, None])
    assert found.of("given", 0.1).tolist() == pytest.approx([np.log2(0.1)])
    assert found.chance("given") == 0


def test_a_share_follows_from_the_release_and_not_from_the_records_that_are_compared() -> None:
    many = _coded(given=["umeh"] * 500 + ["varga"] * 40, family=["rudd"] * 540)
    tables = counted(many, ["given", "family"])
    few = Frequencies(_coded(given=["varga", "umeh", "mott"], family=["rudd", "rudd", "rudd"]), tables, {})
    of_many = Frequencies(many, tables, {})
    assert few.of("given", SMALL)[1:3].tolist() == of_many.of("given", SMALL)[[2, 1]].tolist()
    assert few.of_both_names()[:2].tolist() == of_many.of_both_names()[[-1, 0]].tolist()


def test_a_share_is_looked_up_once() -> None:
    found = _frequencies(given=["a", *["b"] * 99])
    assert found.of("given", 0.1) is found.of("given", 0.1)
    assert found.of("given", 0.1).tolist() != found.of("given", 0.2).tolist()
    assert found.of_both_names() is found.of_both_names()


def test_a_full_name_that_many_have_has_their_share_and_any_other_a_populations() -> None:
    names = [*[("hana", "varga")] * 40, *[("hana", "rudd")] * (FLOOR - 1), *[("efosa", "varga")] * FLOOR]
    given, family = ([name[at] for name in names] for at in (0, 1))
    found = np.exp2(_frequencies(given=given, family=family).of_both_names())
    assert found[0] == pytest.approx(_blended(40, len(names), WHOLE))
    assert found[40] == pytest.approx(WHOLE)
    assert found[-1] == pytest.approx(_blended(FLOOR, len(names), WHOLE))
    assert len(found) == len(names)


def test_a_full_name_known_from_elsewhere_is_as_common_here() -> None:
    names = {"given+family": Table(10_000, 1.0, {"hana+varga": 50, "efosa+rudd": 20})}
    found = _frequencies(names, given=["hana", "hana", None], family=["varga", "rudd", "varga"]).of_both_names()
    assert np.exp2(found) == pytest.approx([0.005, WHOLE, WHOLE])


def test_in_a_file_of_millions_the_floor_is_below_what_a_population_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "WHOLE", 0.4)
    monkeypatch.setattr(frequencies, "BLENDED", 0)
    names = ["okonjo", *["umeh"] * 99]
    found = _frequencies(given=names, family=names).of_both_names()
    assert np.exp2(found[0]) == pytest.approx(FLOOR / 100)


def test_nobody_has_no_share() -> None:
    found = _frequencies(given=[], family=[])
    assert len(found.of_both_names()) == 0
    assert len(found.of("given", 0.1)) == 1
