"""A small and a medium region, made once for all tests."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from concerted.synthetic import synthesise
from concerted.synthetic.agencies import Agencies, agencies_of
from concerted.synthetic.circles import Overlay, dealt, overlay_of
from concerted.synthetic.district import District, district_of, homes_in
from concerted.synthetic.homes import Homes
from concerted.synthetic.lexicon import load
from concerted.synthetic.region import AS_OF
from concerted.synthetic.sizes import SIZES

DAY = 20_514  # AS_OF in days since 1970


@dataclass(frozen=True)
class Region:
    """A region on disk."""

    folder: Path

    def rows(self, path: str) -> list[dict[str, str]]:
        """A CSV file of it, by column."""
        place = self.folder / path
        raw = place.read_bytes()
        encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            text = raw.decode("windows-1252")
        return list(csv.DictReader(text.splitlines()))

    def files(self) -> Iterator[str]:
        """Every CSV file of the extracts."""
        for path in sorted((self.folder / "extracts").rglob("*.csv")):
            yield path.relative_to(self.folder).as_posix()

    def truth(self) -> dict[str, list[tuple[str, str]]]:
        """The records of each person."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in self.rows("truth/people.csv"):
            found[row["truth_id"]].append((row["source"], row["record_id"]))
        return found


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """A region of 2,000 records, seed 5."""
    folder = tmp_path_factory.mktemp("region") / "small"
    synthesise(folder, "small", 5)
    return Region(folder)


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """The same region without networks, and without the evenings of its groups."""
    folder = tmp_path_factory.mktemp("bare") / "small"
    synthesise(folder, "small", 5, circles=False)
    return Region(folder)


@pytest.fixture(scope="session")
def agencies() -> Agencies:
    """Those of a medium region."""
    return agencies_of(SIZES["medium"], load())


@pytest.fixture(scope="session")
def district(agencies: Agencies) -> District:
    """The first district of a medium region, seed 5: 12,500 records."""
    assert AS_OF == "2026-03-02"
    return district_of(0, SIZES["medium"], agencies, DAY, load(), 5)


@pytest.fixture(scope="session")
def beyond() -> Homes:
    """The addresses of the district beyond it."""
    return homes_in(1, SIZES["medium"], load(), 5)


@pytest.fixture(scope="session")
def overlay(district: District, beyond: Homes) -> Overlay:
    """What the circles of that district add: with every network of a medium region in it, forty of them."""
    deals = [deal for of in dealt(SIZES["medium"].records, 4, 5) for deal in of]
    return overlay_of(district, beyond, deals, {}, load(), 5)
