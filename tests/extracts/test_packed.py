"""Files inside a ZIP or packed with gzip: read like any other, and no way to harm by what is packed."""

import gzip
import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts import take
from concerted.extracts.readers import packed
from concerted.extracts.readers.packed import ending, inside
from tests.extracts import seeds
from tests.extracts.files import profile, read, take_file, written
from tests.extracts.workbooks import workbook

CSV = "id,first\n1,Ann\n2,Bea\n"


def zipped(path: Path, parts: dict[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def of_every_kind(folder: Path) -> dict[str, bytes]:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"id": ["1", "2"], "first": ["Ann", "Bea"]}), buffer)
    book = workbook(folder / "book.xlsx", [["id", "first"], ["1", "Ann"], ["2", "Bea"]])
    return {
        "a.csv": CSV.encode(),
        "a.tsv": CSV.replace(",", "\t").encode(),
        "a.jsonl": b'{"id": "1", "first": "Ann"}\n{"id": "2", "first": "Bea"}\n',
        "a.json": b'[{"id": "1", "first": "Ann"}, {"id": "2", "first": "Bea"}]',
        "a.parquet": buffer.getvalue(),
        "a.xlsx": book.read_bytes(),
    }


def test_every_kind_of_file_is_read_from_a_zip_and_from_gzip(tmp_path: Path) -> None:
    parts = of_every_kind(tmp_path)
    archive = zipped(tmp_path / "all.zip", {f"data/{name}": content for name, content in parts.items()})

    assert [path.relative_to(tmp_path).as_posix() for path in inside(archive)] == [
        f"all.zip/data/{name}" for name in sorted(parts)
    ]
    for path in inside(archive):
        assert read(path).cells == [["1", "Ann"], ["2", "Bea"]]
    for name, content in parts.items():
        assert read(written(tmp_path / f"{name}.gz", gzip.compress(content))).cells == [["1", "Ann"], ["2", "Bea"]]


def test_a_packed_file_is_the_same_extract_as_the_file_itself(tmp_path: Path) -> None:
    made = profile(fields={"given_name": "first"})
    plain = take_file(written(tmp_path / "a.csv", CSV), made)
    [member] = inside(zipped(tmp_path / "a.zip", {"a.csv": CSV}))
    gz = take_file(written(tmp_path / "b.csv.gz", gzip.compress(CSV.encode())), made)
    one = take(member, made, tmp_path / "out" / "r.parquet", lambda _: None)
    assert {plain.taken.sha256, gz.taken.sha256, one.sha256} == {plain.taken.sha256}
    assert (one.bytes, one.file) == (len(CSV), "a.zip/a.csv")


def test_only_a_zip_holds_files_and_a_workbook_is_one_file(tmp_path: Path) -> None:
    plain, book = written(tmp_path / "a.csv", CSV), workbook(tmp_path / "a.xlsx", [["id"]])
    assert (inside(plain), inside(book)) == ([plain], [book])
    assert ending(Path("People.CSV.gz")) == ".csv"


def test_what_programs_leave_behind_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    parts: dict[str, bytes | str] = {"__MACOSX/._a.csv": "x", ".DS_Store": "x", "~$a.csv": "x", "a.csv": CSV}
    assert [path.name for path in inside(zipped(tmp_path / "a.zip", parts))] == ["a.csv"]
    with pytest.raises(UsedWronglyError, match="the ZIP holds no file"):
        inside(zipped(tmp_path / "b.zip", {".DS_Store": "x"}))


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "a/../../b.csv", "..\\a.csv", "C:\\a.csv", "c:a.csv"])
def test_a_name_that_leads_out_of_the_zip(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsedWronglyError, match=r"a\.zip: the ZIP holds a name that leads out of it"):
        inside(zipped(tmp_path / "a.zip", {name: CSV}))


def test_a_file_in_a_zip_that_has_no_name(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"a\.zip: the ZIP holds a name that leads out of it"):
        inside(written(tmp_path / "a.zip", seeds.zipped({"": CSV.encode()})))


def test_what_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "FREE", 2**20)
    endless = b"id,first\n" + b"1,Ann\n" * 2_000_000
    with pytest.raises(UsedWronglyError, match="unpacks to more than 200 times its size"):
        inside(zipped(tmp_path / "a.zip", {"a.csv": endless}))
    with pytest.raises(UsedWronglyError, match="unpacks to more than 200 times its size"):
        read(written(tmp_path / "a.csv.gz", gzip.compress(endless)))


def test_a_zip_with_too_many_files_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MEMBERS", 3)
    with pytest.raises(UsedWronglyError, match="the ZIP holds 4 files, and at most 3 are read"):
        inside(zipped(tmp_path / "a.zip", {f"{number}.csv": CSV for number in range(4)}))


def test_a_zip_inside_a_zip_is_not_unpacked(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.csv": CSV}).read_bytes()
    [path] = inside(zipped(tmp_path / "a.zip", {"inner.csv": inner}))
    with pytest.raises(UsedWronglyError, match=r"inner\.csv: the file is not CSV: it seems to be a workbook .* unpack"):
        read(path)


def test_a_file_with_a_password(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.csv": CSV}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    with pytest.raises(UsedWronglyError, match="it is protected by a password"):
        read(written(path, bytes(data)) / "a.csv")


def test_what_a_library_says_of_a_damaged_zip_is_told_in_short(tmp_path: Path) -> None:
    data = bytearray(seeds.zipped({"a.csv": CSV.encode() * 500}))
    data[data.find(b"PK\x03\x04") + 27] = 0x10  # the name is said to be 4,101 bytes long
    with pytest.raises(UsedWronglyError, match=r"a\.csv: what is packed in it is damaged\. .*Fetch it again") as error:
        read(written(tmp_path / "a.zip", bytes(data + bytes(5000))) / "a.csv")
    assert len(str(error.value)) < 300


def test_a_name_that_is_not_in_the_zip(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"a\.zip: it holds no b\.csv"):
        read(zipped(tmp_path / "a.zip", {"a.csv": CSV}) / "b.csv")


def test_damaged_anywhere_it_is_an_error_or_the_same_rows(tmp_path: Path) -> None:
    rows = read(zipped(tmp_path / "a.zip", {"a.csv": CSV * 50}) / "a.csv").cells
    for name, whole in (("a.zip", (tmp_path / "a.zip").read_bytes()), ("a.csv.gz", gzip.compress((CSV * 50).encode()))):
        for at in range(0, len(whole), 3):
            for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]):
                path = written(tmp_path / name, damaged)
                try:
                    found = [read(one).cells for one in inside(path)]
                except UsedWronglyError:
                    continue
                assert found == [rows], (name, at)


def test_a_packed_file_may_be_too_large_for_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concerted.extracts.readers.opening._WHOLE_IN_MEMORY", 100)
    archive = zipped(tmp_path / "a.zip", {"a.parquet": of_every_kind(tmp_path)["a.parquet"]})
    with pytest.raises(UsedWronglyError, match="too large to be read packed"):
        read(archive / "a.parquet")
