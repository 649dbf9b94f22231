"""Each house rule with what it lets pass and what it finds. What must be found is put together from parts."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.house_rules import code, identifiers, outside, places
from tools.house_rules.rules import FILE_RULES, TREE_RULES, check
from tools.house_rules.tree import Finding, KeptFile, kept_files

ROOT = Path(__file__).parents[2]
ENGINE = "src/concerted/linkage/score.py"
TEST = "tests/values/test_thing.py"
Rule = Callable[[KeptFile], Iterator[Finding]]


def joined(*parts: str) -> str:
    """Text that no rule would let stand in one piece."""
    return "".join(parts)


def mobile(rest: str) -> str:
    return joined("0", rest)


PASSES: list[tuple[Rule, str, str]] = [
    (code.asks_the_time, code.CLOCK, "from datetime import UTC, datetime\ndatetime.now(UTC)"),
    (code.asks_the_time, ENGINE, "from concerted.common import clock\nclock.now()\nclock.today()"),
    (code.asks_the_time, ENGINE, "import time\ntime.perf_counter(); time.monotonic(); time.sleep(1)"),
    (code.asks_the_time, ENGINE, "def now(): ...\nnow()\nself.today()"),
    (code.asks_the_time, "docs/notes.md", "datetime.now() is not asked for here"),
    (code.naive_timestamp, ENGINE, "from datetime import UTC, datetime\ndatetime.fromtimestamp(0, UTC)"),
    (code.naive_timestamp, ENGINE, "import datetime as d\nd.datetime.fromtimestamp(0, tz=d.UTC)"),
    (code.prints_in_engine, "src/concerted/cli/main.py", "print('done')"),
    (code.prints_in_engine, "tools/docs.py", "print('done')"),
    (code.prints_in_engine, ENGINE, "blueprint('x')\nreport.print_to(stream)\n'print(this)'"),
    (code.imports_network, ENGINE, "import urllib.parse\nfrom html import escape\nfrom concerted import http"),
    (code.imports_network, ENGINE, "from . import socket\nimport socketless"),
    (code.imports_network, "tests/conftest.py", "import socket"),
    (places.machine_path, "README.md", "out/example, ../shared, ./work/x, src/home/a, /usr/bin/python3.12, $HOME/x"),
    (places.machine_path, "README.md", "https://host.example/home/index and /home and work/home/x"),
    (places.registry_host, "requirements/run.txt", "uv==0.13.9 --hash=sha256:00ff\n# pypi, npm and Debian"),
    (
        identifiers.nhs_number,
        TEST,
        "9990000018 999 000 0018 ９９９０００００１８ 1234567890 0123456789 0000000000 1111111111",
    ),
    (identifiers.nhs_number, TEST, f"sha256:{joined('943', '4765919')}ab {joined('943', '4765919')}12"),
    (identifiers.nhs_number, TEST, f"0.{joined('943', '4765919')} {joined('943', '4765919')}.5"),
    (identifiers.telephone, TEST, "07700 900123 +44 7700 900999 (020) 7946 0018 +44 (0)113 496 0001 01632960555"),
    (identifiers.telephone, TEST, "2026-11-25 0900, 01-02-1990 031, 0.12345678901, 00000000000, 06123456789"),
    (identifiers.telephone, TEST, "+33 1 99 00 12 34 and 01 02 03 04 05 06 07 08"),
    (identifiers.email, TEST, "ann@force.example b@x.INVALID c@a.test d@example.org e@mail.example.com"),
    (identifiers.email, "tools/x.py", "@pytest.fixture\nuv@0.13.9\na@b.T"),
    (identifiers.postcode, TEST, "QQ1 1AB ZZ99 9CC AA9 9AA SW1A 1AC M1 1IO LS11 p95 200 ms"),
    (identifiers.postcode, TEST, "b0a1a7f e148cd n141ab and B3 F1"),
    (identifiers.registration, TEST, "QI07 ZZZ AZ51ABC UTF16LE X12 ABC SHA256ABC AB12CDEF"),
]
FAILS: list[tuple[Rule, str, str]] = [
    (code.asks_the_time, ENGINE, "from datetime import datetime\ndatetime.now()"),
    (code.asks_the_time, TEST, "import datetime\ndatetime.datetime.now(datetime.UTC)"),
    (code.asks_the_time, ENGINE, "import datetime as dt\nx = dt.date.today()"),
    (code.asks_the_time, ENGINE, "from datetime import datetime\nfield(default_factory=datetime.utcnow)"),
    (code.asks_the_time, "benchmarks/x.py", "import time\ntime.time()"),
    (code.asks_the_time, "tools/x.py", "from time import localtime as here\nhere()"),
    (code.naive_timestamp, ENGINE, "from datetime import datetime\ndatetime.fromtimestamp(0)"),
    (code.naive_timestamp, TEST, "import datetime\ndatetime.date.fromtimestamp(0)"),
    (code.prints_in_engine, ENGINE, "print('a name')"),
    (code.prints_in_engine, ENGINE, "from pprint import pprint\npprint([])"),
    (code.imports_network, ENGINE, "import socket"),
    (code.imports_network, ENGINE, "from urllib import request"),
    (code.imports_network, ENGINE, "from django.core.mail import send_mail"),
    (code.imports_network, ENGINE, "from http.server import HTTPServer"),
    (code.imports_network, ENGINE, "def f():\n    import httpx"),
    (code.imports_network, ENGINE, "from importlib import import_module\nimport_module('requests')"),
    (code.imports_network, "src/concerted/cli/main.py", "__import__('ssl')"),
    (places.machine_path, "README.md", joined("see /ho", "me/ann/concerted")),
    (places.machine_path, "tests/x.csv", joined("/ro", "ot/.cache")),
    (places.machine_path, "docs/x.md", joined('"/Us', 'ers/ann/x"')),
    (places.machine_path, "src/concerted/x.py", joined("C:\\Us", "ers\\ann")),
    (places.machine_path, "Makefile", joined("X := /wo", "rk/main")),
    (places.registry_host, "requirements/run.txt", joined("--index", "-url https://packages.example")),
    (places.registry_host, "Makefile", joined("https://py", "pi.org/simple")),
    (places.registry_host, "package-lock.json", joined('"https://registry.npm', 'js.org/htmx"')),
    (identifiers.nhs_number, TEST, joined("943", "4765919")),
    (identifiers.nhs_number, "examples/a.csv", joined("1,943 4", "76 5919,x")),
    (identifiers.nhs_number, TEST, joined("９４３", "４７６５９１９")),
    (identifiers.telephone, TEST, mobile("7911 123456")),
    (identifiers.telephone, TEST, joined("028 90", "18 0000")),
    (identifiers.telephone, "examples/a.csv", joined("1,+44", "7911123456,x")),
    (identifiers.telephone, "docs/x.md", joined("(011", "3) 222 3344")),
    (identifiers.telephone, "docs/x.md", joined("+44 (0)", "20 8123 4567")),
    (identifiers.email, TEST, joined("ann@", "gmail.com")),
    (identifiers.email, TEST, joined("ann@example.", "co.uk")),
    (identifiers.postcode, TEST, joined("SW1", "A 1AA")),
    (identifiers.postcode, "examples/a.csv", joined("x,M1", "1AE,y")),
    (identifiers.postcode, "docs/x.md", joined("ls1", " 4ap")),
    (identifiers.registration, TEST, joined("AB51", " ABC")),
    (identifiers.registration, "examples/a.csv", joined("1,LK", "07XYZ,2")),
]


@pytest.mark.parametrize(("rule", "path", "text"), PASSES)
def test_lets_pass(rule: Rule, path: str, text: str) -> None:
    assert list(rule(KeptFile.of(path, text))) == []


@pytest.mark.parametrize(("rule", "path", "text"), FAILS)
def test_finds_once_and_teaches(rule: Rule, path: str, text: str) -> None:
    [finding] = rule(KeptFile.of(path, text))
    assert (finding.path, finding.line) == (path, len(text.split("\n")))
    assert len(finding.message.split()) > 20, "says what it is, why it matters and what to write instead"
    assert not finding.message.endswith(".")
    assert str(finding).startswith(f"{path}:{finding.line}: {finding.rule}: ")
    assert "\n" not in str(finding)


def test_every_rule_has_both_examples() -> None:
    assert {rule for rule, _, _ in PASSES} == set(FILE_RULES)
    assert {rule for rule, _, _ in FAILS} == set(FILE_RULES)
    assert list(TREE_RULES) == [outside.licence_named]


def test_network_is_let_pass_where_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code, "NETWORK_MODULES", frozenset({ENGINE}))
    assert list(code.imports_network(KeptFile.of(ENGINE, "import socket"))) == []


@pytest.mark.parametrize(("rule", "path", "text"), [case for case in FAILS if case[0] in FILE_RULES[6:]])
def test_data_from_outside_may_hold_what_its_makers_wrote(rule: Rule, path: str, text: str) -> None:
    assert list(rule(KeptFile.of("tests/data/outside/set/data.csv", text))) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_reads_text_in_any_encoding(encoding: str) -> None:
    data = f"name,phone\nZoë,{mobile('7911123456')}\n".encode(encoding)
    assert [finding.line for finding in identifiers.telephone(KeptFile("examples/a.csv", data))] == [2]


def test_paths_are_found_in_binary_files_and_identifiers_are_not_looked_for() -> None:
    file = KeptFile("tests/a.parquet", b"\0\1" + joined("/ho", "me/ann ", "SW1", "A 1AA").encode() + b"\xff")
    assert len(list(places.machine_path(file))) == 1
    assert list(identifiers.postcode(file)) == []


def test_python_that_does_not_parse_is_left_to_the_linter() -> None:
    assert list(check([KeptFile.of(ENGINE, "def (")])) == []


OUTSIDE = "tests/data/outside/"
TABLE = "| file | what | licence |\n|---|---|---|\n"


def licences(*rows: str) -> KeptFile:
    return KeptFile.of(f"{OUTSIDE}README.md", f"# From outside\n\n{TABLE}" + "".join(f"{row}\n" for row in rows))


def data(name: str) -> KeptFile:
    return KeptFile.of(f"{OUTSIDE}{name}", "x")


def test_outside_data_with_its_licence_passes() -> None:
    readme = licences("| `a.csv`, `b.csv` | two | MIT |", "| `set/` | a folder | BSD 3-Clause |")
    files = [data("a.csv"), data("b.csv"), data("set/c.csv"), data("set/deep/d.csv"), KeptFile.of(TEST, "elsewhere")]
    assert list(outside.licence_named([readme, *files])) == []
    assert list(outside.licence_named([])) == []


@pytest.mark.parametrize(
    "readme",
    [
        [],
        [licences()],
        [licences("| `a.csv` | one | |")],
        [licences("| `a.csv` | one |")],
        [licences("| `b.csv` | `a.csv` | MIT |")],
        [licences("| `a` | one | MIT |")],
        [KeptFile.of(f"{OUTSIDE}README.md", "`a.csv` is under the MIT licence")],
        [KeptFile.of(f"{OUTSIDE}README.md", "| file | source |\n|---|---|\n| `a.csv` | MIT |\n")],
        [KeptFile.of(f"{OUTSIDE}README.md", f"{TABLE}\n| file | source |\n|---|---|\n| `a.csv` | MIT | MIT |\n")],
    ],
)
def test_outside_data_without_a_licence_is_found(readme: list[KeptFile]) -> None:
    [finding] = outside.licence_named([*readme, data("a.csv")])
    assert finding.path == f"{OUTSIDE}a.csv"
    assert "`a.csv`" in finding.message


def check_digit(nine: str) -> int:
    return -sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11


@given(st.from_regex(r"[0-9]{9}", fullmatch=True).filter(lambda nine: check_digit(nine) < 10))
def test_every_well_formed_nhs_number_is_found_unless_never_issued(nine: str) -> None:
    number = f"{nine}{check_digit(nine)}"
    is_apart = number.startswith(("999", "7700900")) or len(set(number)) == 1 or number == "0123456789"
    assert len(list(identifiers.nhs_number(KeptFile.of(TEST, f"'{number}'")))) == (0 if is_apart else 1)


@given(st.integers(0, 999), st.sampled_from(["", " ", "-"]))
def test_no_number_kept_for_drama_is_found(last: int, gap: str) -> None:
    for area, middle in [("07700", "900"), ("01632", "960"), ("020", f"7946{gap}0"), ("0161", f"496{gap}0")]:
        text = f"{area}{gap}{middle}{last:03} +44{area[1:]}{gap}{middle}{last:03}"
        assert list(identifiers.telephone(KeptFile.of(TEST, text))) == []


@given(st.from_regex(r"7[1-5][0-9]{8}", fullmatch=True))
def test_every_other_mobile_is_found(rest: str) -> None:
    assert len(list(identifiers.telephone(KeptFile.of(TEST, f"<{mobile(rest)}>")))) == 1


@given(st.binary(max_size=200))
def test_no_bytes_break_a_rule(data: bytes) -> None:
    for path in (ENGINE, TEST, "README.md"):
        list(check([KeptFile(path, data)]))


def test_looks_at_what_git_tracks_or_would_add(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for name, text in [(".gitignore", "out/"), ("a b.md", "x"), ("out/c.md", "y"), ("d/é.md", "z")]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [file.path for file in kept_files(tmp_path)] == [".gitignore", "a b.md", "d/é.md"]


@pytest.mark.parametrize(("text", "exit_code"), [("all is well", 0), (joined("ann@", "gmail.com"), 1)])
def test_command_prints_one_a_line_and_exits(tmp_path: Path, text: str, exit_code: int) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "a.md").write_text(f"{text}\n{text}\n", encoding="utf-8")
    command = [sys.executable, "-m", "tools.house_rules", str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (exit_code, "")
    assert [line.partition(": ")[0] for line in ran.stdout.splitlines()] == [f"a.md:{at}" for at in (1, 2)][
        : 2 * exit_code
    ]
