"""An exported day is verified by a file alone, and whatever is done to it is found."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from concerted.audit import export, services, signing, verifier
from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.models import Chain
from concerted.audit.verifier import ed25519, verify
from concerted.common import clock
from tests.audit.tampering import Lines, day, written

DAY = date(2026, 3, 2)
SECRET = "5e" * 32
PUBLIC = signing.public({signing.NAME: SECRET})
VERIFIER = Path(verifier.__file__)
at = st.integers(0, 1_000)


@pytest.fixture
def lines(acting: Acting, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A signed day of two chains of which one began the day before."""
    monkeypatch.setitem(os.environ, signing.NAME, SECRET)
    today = clock.now()
    for moment in (today - timedelta(days=1), today, today, today + timedelta(days=1)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        services.record(acting, Act.PAGE_READ, [Subject("person", "1")])
    monkeypatch.setattr(clock, "now", lambda: today)
    services.record(replace(acting, organisation=None), Act.SEARCHED)
    return list(export.lines(DAY, Chain.objects.order_by("id")))


@pytest.mark.django_db
def test_a_day_verifies_with_its_chains_and_its_key(lines: list[str]) -> None:
    assert verify(lines, PUBLIC) == verifier.Told(3, 2, [], 0, True)
    assert verify(lines).signed is None
    told = verify(lines, signing.public({signing.NAME: "0d" * 32}))
    assert (told.signed, [one.what for one in told.wrong]) == (False, ["not signed by the key"])
    summary = json.loads(json.loads(lines[0])["summary"])
    assert {name: (one["before"], one["last"]) for name, one in summary["chains"].items()} == {
        "organisation:0a0a0a0a-0000-4000-8000-000000000001": (1, 3),
        "instance": (0, 1),
    }


@pytest.mark.django_db
def test_a_day_is_londons(acting: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    summer = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight of the next day
    monkeypatch.setattr(clock, "now", lambda: summer)
    services.record(acting, Act.SEARCHED)
    counts = [len(list(export.lines(date(2026, month, one), Chain.objects.all()))) for month, one in ((6, 30), (7, 1))]
    assert counts == [1, 2]


@pytest.mark.django_db
def test_a_day_verifies_with_payloads_withheld_and_without_a_key(acting: Acting) -> None:
    services.record(acting, Act.PAGE_READ, [Subject("person", "1")])
    held = list(export.lines(DAY, Chain.objects.all(), payloads=False))
    assert "content" not in held[1]
    assert verify(held) == verifier.Told(1, 1, [], 1, None)
    assert [one.what for one in verify(held, PUBLIC).wrong] == ["not signed by the key"]


@pytest.mark.django_db
def test_what_was_removed_by_right_later_is_told_so(acting: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        services.record(acting, Act.SEARCHED)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 5, tzinfo=UTC))
    services.erase(acting, 2, 3)
    told = verify(export.lines(DAY, Chain.objects.all()))
    assert (told.events, told.without, told.wrong) == (4, 2, [])


@given(st.lists(at, min_size=1, max_size=3), st.data())
def test_whatever_is_done_to_a_day_is_found(chains: list[int], data: st.DataObject) -> None:
    whole = day([1 + many % 5 for many in chains])
    assert verify(written(whole)) == verifier.Told(len(whole) - 1, len(chains), [], 0, None)
    events, how = len(whole) - 1, data.draw(st.sampled_from([_changed, _said_otherwise, _gone, _swapped, _twice, _cut]))
    one, other = data.draw(st.integers(1, events)), data.draw(st.integers(1, events))
    tampered = how([dict(line) for line in whole], one, other, data)
    wrong = verify(written(tampered)).wrong
    assert bool(wrong) == (_in_order(tampered) != _in_order(whole))


def _in_order(lines: Lines) -> dict[str, list[str]]:
    """Each chain's events: chains may stand among one another."""
    order: dict[str, list[str]] = {}
    for line in lines[1:]:
        order.setdefault(line["chain"], []).append(json.dumps(line))
    return order


def _changed(lines: Lines, one: int, other: int, data: st.DataObject) -> Lines:
    field = data.draw(st.sampled_from(["digest", "previous", "hash", "salt"]))
    lines[one][field] = "00" * 32
    return lines


def _said_otherwise(lines: Lines, one: int, other: int, data: st.DataObject) -> Lines:
    lines[one][data.draw(st.sampled_from(["content", "at"]))] = data.draw(st.text(max_size=3))
    return lines


def _gone(lines: Lines, one: int, other: int, data: st.DataObject) -> Lines:
    if data.draw(st.booleans()):
        del lines[one]["content"]
    else:
        del lines[one]
    return lines


def _swapped(lines: Lines, one: int, other: int, data: st.DataObject) -> Lines:
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def _twice(lines: Lines, one: int, other: int, data: st.DataObject) -> Lines:
    lines.insert(other, dict(lines[one]))
    return lines


def _cut(lines: Lines, one: int, other: int, data: st.DataObject) -> Lines:
    return lines[:one]


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (lambda lines: lines.pop(2), [(2, "removed")]),
        (lambda lines: lines.pop(1), [(1, "removed")]),
        (lambda lines: lines.pop(), [(6, "removed")]),
        (lambda lines: lines.insert(3, lines.pop(2)), [(2, "re-ordered")]),
        (lambda lines: lines.insert(1, lines.pop(2)), [(1, "re-ordered")]),
        (lambda lines: lines.insert(5, dict(lines[4])), [(4, "inserted")]),
        (lambda lines: lines.append(dict(lines[6])), [(6, "inserted")]),
        (lambda lines: lines.insert(1, {**lines[1], "number": 0}), [(0, "inserted")]),
        (lambda lines: lines.insert(1, {**lines[1], "chain": "other"}), [(1, "inserted")]),
        (lambda lines: lines[1].update(previous="00" * 32), [(1, "changed")]),
        (lambda lines: lines[3].update(content="{}"), [(3, "changed")]),
    ],
)
def test_what_was_done_to_a_day_is_told_by_its_name(
    how: Callable[[Lines], object], told: list[tuple[int, str]]
) -> None:
    lines = day([6])
    how(lines)
    assert {(one.number, one.what) for one in verify(written(lines)).wrong} == set(told)


def test_a_gap_that_an_event_falls_into_is_parted() -> None:
    lines = day([9])
    lines.insert(8, lines.pop(3))
    del lines[3:5]
    told = {(one.number, one.what, one.words) for one in verify(written(lines)).wrong}
    assert (3, "re-ordered", "it stands after events that follow it") in told
    assert (4, "removed", "events 4 to 5 are not there") in told


def run(*words: object) -> subprocess.CompletedProcess[str]:
    """The file by itself: no package, no environment."""
    line = [sys.executable, "-I", str(VERIFIER), *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False, env={}, cwd="/")


def test_the_file_is_a_command_that_stands_alone(tmp_path: Path) -> None:
    place, lines = tmp_path / "day.jsonl", day([3], SECRET)
    place.write_text("\n".join(written(lines)), encoding="utf-8")
    (tmp_path / "key").write_text(PUBLIC + "\n", encoding="utf-8")
    ran = run(place, "--key", tmp_path / "key")
    assert (ran.returncode, ran.stdout) == (
        0,
        "3 events in 1 chains; 0 wrong.\nThe summary is signed by the key that you gave.\n",
    )
    assert "could also have made it anew" in run(place).stdout
    del lines[2]["content"]
    place.write_text("\n".join(written(lines)), encoding="utf-8")
    ran = run(place, "--json")
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["wrong"] == [
        {
            "chain": "chain 0",
            "number": 2,
            "what": "removed",
            "words": "what it said is not there, and no event says that it was removed",
        }
    ]


def test_the_command_is_the_same_from_within(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, lines = tmp_path / "day.jsonl", day([2, 1], SECRET)
    place.write_text("\n".join(written(lines)), encoding="utf-8")
    assert verifier.main([str(place), "--key", PUBLIC]) == 0
    assert verifier.main([str(place), "--json"]) == 0
    del lines[1]
    place.write_text("\n".join(written(lines)), encoding="utf-8")
    assert verifier.main([str(place)]) == 1
    assert "chain 0 1: removed: it is not there.\n2 events in 2 chains; 1 wrong.\n" in capsys.readouterr().out
    assert verifier.main([str(tmp_path / "absent")]) == 2
    assert verifier.words(verifier.Told(3, 1, [], 2, None), "")[1:] == [
        "What 2 of them said is not here: withheld, or removed as the audit says.",
        "No key was given, so whoever could change the file could also have made it anew.",
    ]


def test_more_events_than_the_day_has_are_found() -> None:
    lines = day([4])
    summary = json.loads(lines[0]["summary"])
    summary["chains"]["chain 0"] |= {"last": 3, "head": lines[3]["hash"]}
    lines[0]["summary"] = json.dumps(summary)
    assert [(one.number, one.what) for one in verify(written(lines)).wrong] == [(4, "inserted")]


def test_many_faults_are_told_up_to_a_number() -> None:
    lines = day([3 * verifier.MOST])
    for line in lines[1:]:
        line["at"] = "another day"
    assert len(verify(written(lines)).wrong) == verifier.MOST


@pytest.mark.parametrize(
    ("ranges", "by", "left"),
    [
        ([[1, 9]], [], [(1, 9)]),
        ([[1, 9]], [[1, 9]], []),
        ([[1, 9]], [[3, 4], [6, 20]], [(1, 2), (5, 5)]),
        ([[1, 2], [5, 6]], [[2, 5]], [(1, 1), (6, 6)]),
        ([[5, 6]], [[1, 2], [8, 9]], [(5, 6)]),
    ],
)
def test_what_no_mark_covers_is_left(ranges: list[list[int]], by: list[list[int]], left: list[tuple[int, int]]) -> None:
    assert verifier.uncovered(ranges, by) == left


@pytest.mark.parametrize("content", ["", "no JSON", "[]", '{"chain": "x"}', "{}\n"])
def test_what_is_no_exported_day_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    place = tmp_path / "day.jsonl"
    place.write_text(content, encoding="utf-8")
    ran = run(place)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("day.jsonl cannot be verified: ")
    assert run(tmp_path / "absent").returncode == 2


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 63), st.integers(0, 31))
def test_signatures_are_those_of_the_standard(secret: bytes, message: bytes, place: int, of_key: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(secret)
    public, signed = key.public_key().public_bytes_raw(), key.sign(message)
    assert ed25519(public, message, signed.hex())
    assert not ed25519(public, message + b"x", signed.hex())
    assert not ed25519(public, message, (signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]).hex())
    assert not ed25519(public[:of_key] + bytes([public[of_key] ^ 4]) + public[of_key + 1 :], message, signed.hex())


def test_what_is_no_signature_is_refused() -> None:
    assert not ed25519(b"short", b"", "00" * 64)
    assert not ed25519(bytes.fromhex(PUBLIC), b"", "00")
    assert not ed25519(b"\xff" * 32, b"", "00" * 64), "no point has this key"
