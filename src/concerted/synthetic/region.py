"""The whole region, written district by district into files of its agencies, so that memory does not grow with it."""

import csv
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.folders import built_whole
from concerted.common.progress import Progress, Silent
from concerted.synthetic import events, lexicon, recorded
from concerted.synthetic.agencies import Agencies, Agency, agencies_of
from concerted.synthetic.census import CENSUS, CensusFile, census_profile
from concerted.synthetic.circles import Overlay, dealt, overlay_of
from concerted.synthetic.columns import texts
from concerted.synthetic.district import District, district_of, homes_in
from concerted.synthetic.layouts import Layout, system
from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.mentions import File
from concerted.synthetic.noise import EQUAL, EVIDENCE, NOISES, evened
from concerted.synthetic.profiles import profile_text
from concerted.synthetic.recorded import Table, Truth
from concerted.synthetic.sizes import SIZES, Size
from concerted.synthetic.truth import Network, Told, TruthFiles

AS_OF: Final = "2026-03-02"  # the region's own today
NOMINALS: Final = (File.NOMINALS, File.NOMINALS_ELSEWHERE)
PEOPLE: Final = (File.PEOPLE, File.PEOPLE_ELSEWHERE)
OCCASIONS: Final = (
    ("contacts", File.CONTACTS), ("attendances", File.ATTENDANCES), ("sessions", File.SESSIONS),
    ("sessions", File.SESSIONS_ELSEWHERE),
)  # fmt: skip
VERSION: Final = 4  # of what is drawn: another number may give other bytes for the same seed


@dataclass(frozen=True, slots=True)
class Made:
    """What was written. records: of people, in all files. rows: of every file by its path. noise: see `noise`."""

    folder: Path
    size: str
    seed: int
    records: int
    people: int
    rows: dict[str, int]
    noise: str = EVIDENCE

    def to_dict(self) -> dict[str, Any]:
        """For machines."""
        noise = {} if self.noise == EVIDENCE else {"noise": self.noise}
        return {
            "folder": str(self.folder), "size": self.size, "seed": self.seed, **noise, "as_of": AS_OF,
            "records": self.records, "people": self.people, "files": len(self.rows), "rows": self.rows,
        }  # fmt: skip


def synthesise(
    out: Path, size: str, seed: int, progress: Progress | None = None, *, noise: str = EVIDENCE, circles: bool = True
) -> Made:
    """Write a region of this size into `out`, whole or not at all. The same size, seed and noise give the same bytes.

    circles: with the networks planted in it, and what their evenings and those of harmless groups add to the files;
    every other row has the same bytes without.
    Raises UsedWronglyError when `out` holds anything that is no region, or there is no such size or noise.
    """
    if noise not in NOISES:
        raise UsedWronglyError(f"there is no noise {noise!r}", mend=f"write one of {', '.join(NOISES)}")
    if size not in SIZES:
        raise UsedWronglyError(f"there is no size {size!r}", mend=f"write one of {', '.join(SIZES)}")
    if seed < 0:
        raise UsedWronglyError(f"a seed is a whole number from nought on, and {seed} is none", mend="write --seed 1")
    _refuse_others(out)
    with built_whole(out) as folder:
        return _written(folder, out, SIZES[size], seed, noise, progress or Silent(), circles=circles)


def _refuse_others(out: Path) -> None:
    if out.is_dir() and any(out.iterdir()) and not (out / "region.json").is_file():
        raise UsedWronglyError(
            "it holds files and is no region", where=Place(file=out.name), mend="give --out a new folder"
        )
    if out.exists() and not out.is_dir():
        raise UsedWronglyError(
            "it is there and is no folder", where=Place(file=out.name), mend="give --out a new folder"
        )


def _written(folder: Path, out: Path, size: Size, seed: int, noise: str, progress: Progress, *, circles: bool) -> Made:
    words = evened(lexicon.load()) if noise == EQUAL else lexicon.load()
    agencies = agencies_of(size, words)
    as_of = int(np.datetime64(AS_OF).astype(np.int64))
    progress.step("synthesise", f"Inventing a {size.name} region")
    with ExitStack() as stack:
        files = _Files(folder, agencies, stack)
        truth = TruthFiles(folder / "truth", stack, [origin.name for origin in words.origins])
        deals = dealt(size.records, size.districts, seed)
        if circles:
            files.open_all()
        for number in range(size.districts):
            district = district_of(number, size, agencies, as_of, words, seed)
            files.write(district, words, np.random.default_rng([seed, number, 100]))
            networks: list[Network] = []
            if circles:
                beyond = homes_in((number + 1) % size.districts, size, words, seed)
                networks = files.add(overlay_of(district, beyond, deals[number], files.last, words, seed))
            truth.write(district, files.truths, networks)
            progress.at((number + 1) * (size.records // size.districts), size.records)
    made = Made(out, size.name, seed, truth.records, truth.people, files.rows, noise)
    _profiles(folder, agencies, files.rows)
    (folder / "region.json").write_text(
        json.dumps(_about(made, agencies), indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    progress.finish()
    return made


def _about(made: Made, agencies: Agencies) -> dict[str, Any]:
    of = {agency.slug: {"name": agency.name, "kind": agency.kind} for agency in agencies.all()}
    about = {key: value for key, value in made.to_dict().items() if key != "folder"}
    return {"what": "an invented region: nobody in it is real", "version": VERSION, **about, "agencies": of}


def layouts_of(agency: Agency) -> dict[str, Layout]:
    """The files of an agency's record system."""
    name = agency.kind if agency.kind == "health" else f"{agency.kind}-{agency.system}"
    return system(name)


class _Files:
    """The open files of all agencies. truths: of the district that was written last, as source, record ids, people.
    last: the number of that district's last row in each file, by agency and table."""

    def __init__(self, folder: Path, agencies: Agencies, stack: ExitStack) -> None:
        self._folder, self._stack, self._census_of = folder / "extracts", stack, agencies.council[0]
        self._agencies = agencies
        self._writers: dict[str, Any] = {}
        self._census: CensusFile | None = None
        self.rows: dict[str, int] = {}
        self.truths: list[Told] = []
        self.last: dict[tuple[str, str], int] = {}

    def write(self, district: District, words: Lexicon, rng: np.random.Generator) -> None:
        """Add what every agency recorded of a district."""
        self.truths, self.last = [], {}
        for agency, key, table, truth in _tables(district, words, rng):
            self._table(agency, key, table, truth)
        if district.agencies[File.PEOPLE] == self._census_of:
            self._add_census(district, rng)

    def add(self, overlay: Overlay) -> list[Network]:
        """Add what circles left in the files; their networks, with traces by record id."""
        for agency, key, table, truth in overlay.tables:
            self._table(agency, key, table, truth)
        return [Network(one.circle, [_trace(*trace) for trace in one.traces]) for one in overlay.planted]

    def open_all(self) -> None:
        """Every agency has each of its files, if only the header of one."""
        for agency in self._agencies.all():
            for layout in layouts_of(agency).values():
                path = f"{agency.slug}/{layout.file}"
                self._writer(path, layout)
                self.rows.setdefault(path, 0)

    def _table(self, agency: Agency, key: str, table: Table, truth: Truth) -> None:
        layout = layouts_of(agency)[key]
        path = f"{agency.slug}/{layout.file}"
        self._writer(path, layout).writerows(layout.rows(table))
        self.rows[path] = self.rows.get(path, 0) + len(table["ref"])
        self.truths += [(agency.slug, ids, who) for ids, who in layout.truths(table, truth)]
        if len(table["ref"]):
            self.last[agency.slug, key] = max(map(int, table["ref"]))

    def _add_census(self, district: District, rng: np.random.Generator) -> None:
        slug = self._census_of.slug
        path = f"{slug}/{CENSUS}"
        if self._census is None:
            self._census = self._stack.enter_context(CensusFile(self._folder / path, AS_OF))
        form = layouts_of(self._census_of)["people"].refs["people"].format
        ids, who = self._census.write(district, form, rng)
        self.rows[path] = self.rows.get(path, 0) + len(who)
        self.truths.append((slug, ids, who))

    def _writer(self, path: str, layout: Layout) -> Any:
        if path not in self._writers:
            place = self._folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            # A record system that knows no letter beyond Western Europe's writes a question mark for it.
            handle = self._stack.enter_context(place.open("w", encoding=layout.encoding, errors="replace", newline=""))
            self._writers[path] = csv.writer(handle, lineterminator="\r\n")
            self._writers[path].writerow([column.name for column in layout.columns])
        return self._writers[path]


def _trace(agency: Agency, key: str, number: int) -> tuple[str, str]:
    """The source and the record id of a row."""
    [record] = layouts_of(agency)[key].references(texts(np.array([number])))
    return agency.slug, record


def _tables(district: District, words: Lexicon, rng: np.random.Generator) -> Iterator[tuple[Agency, str, Table, Truth]]:
    """Every table of a district with the agency whose it is and the layout that it goes by."""
    who = district.agencies
    for key, files in (("nominals", NOMINALS), ("people", PEOPLE)):
        for file in files:
            yield who[file], key, *recorded.listed(district, file)
    yield who[File.MISSING], "missing", *recorded.missing(district, rng)
    yield who[File.INTELLIGENCE], "intelligence", *recorded.intelligence(district, rng)
    for key, file in OCCASIONS:
        yield who[file], key, *recorded.occasions(district, file, rng)
    force, council = who[File.NOMINALS], who[File.PEOPLE]
    crime, parts = events.crimes(district, rng)
    of_force = {
        "crimes": crime, "crime_people": parts, "closed_cases": events.closed_cases(district, crime, rng),
        "orders": events.orders(district, rng), "vehicles": events.vehicles(district, words, rng),
        "messages": events.messages(district, rng),
    }  # fmt: skip
    of_council = {
        "council_missing": events.council_missing(district, rng), "placements": events.placements(district, rng),
        "relations": events.relations(district),
    }  # fmt: skip
    for agency, tables in ((force, of_force), (council, of_council)):
        for key, table in tables.items():
            yield agency, key, table, {}


def _profiles(folder: Path, agencies: Agencies, rows: dict[str, int]) -> None:
    """A mapping profile for every file that was written."""
    place = folder / "profiles"
    place.mkdir()
    for agency in agencies.all():
        for layout in layouts_of(agency).values():
            if f"{agency.slug}/{layout.file}" in rows:
                name = f"{agency.slug}-{layout.file.removesuffix('.csv')}.yaml"
                (place / name).write_text(profile_text(layout, agency), "utf-8")
        if f"{agency.slug}/{CENSUS}" in rows:
            (place / f"{agency.slug}-census.yaml").write_text(census_profile(agency), "utf-8")
