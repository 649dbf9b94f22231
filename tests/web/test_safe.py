"""What is unsafe to serve is said, each thing in words with what to do."""

from pathlib import Path

import pytest
from django.core.checks import Warning as Warned

from concerted.audit.acting import Acting
from concerted.common.errors import UsedWronglyError
from concerted.instance import services
from concerted.instance.models import DEMONSTRATION, WORKING
from concerted.web import safe
from concerted.web.service import Service, service

KEY, SECRET = "0f" * 32, "0123456789abcdef" * 4
SAFE = {
    "CONCERTED_STORE": "/data/store.sqlite",
    "CONCERTED_STORE_KEY": KEY,
    "CONCERTED_SECRET": SECRET,
    "CONCERTED_HOSTS": "concerted.force.example",
    "CONCERTED_PROXY": "127.0.0.1",
}


def test_nothing_is_said_of_what_is_safe() -> None:
    assert safe.unsafe(SAFE) == []
    assert (
        safe.unsafe({**SAFE, "CONCERTED_STORE": "postgresql://user@db.example/cases", "CONCERTED_STORE_KEY": ""}) == []
    )
    safe.refuse([])


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"CONCERTED_STORE": ""}, "CONCERTED_STORE is not set"),
        ({"CONCERTED_SECRET": ""}, "CONCERTED_SECRET is not set"),
        ({"CONCERTED_STORE_KEY": "abc"}, "not 64 hexadecimal digits"),
        ({"CONCERTED_HOSTS": ""}, "names no host"),
        ({"CONCERTED_HOSTS": "*"}, "any name"),
        ({"CONCERTED_HOSTS": ".force.example"}, "any name"),
        ({"CONCERTED_SECRET": SECRET[:49]}, "could be guessed"),
        ({"CONCERTED_SECRET": "ab" * 40}, "could be guessed"),
        ({"CONCERTED_SECRET": KEY}, "CONCERTED_STORE_KEY is the same as CONCERTED_SECRET"),
        ({"CONCERTED_BACKUP_KEY": KEY}, "CONCERTED_STORE_KEY is the same as CONCERTED_BACKUP_KEY"),
        ({"CONCERTED_PROXY": ""}, "plain HTTP on this machine alone"),
        ({"CONCERTED_PROXY": "", "CONCERTED_ADDRESS": "0.0.0.0:80"}, "plain HTTP on 0.0.0.0"),
        ({"CONCERTED_ADDRESS": "0.0.0.0:80"}, "go past the proxy"),
        ({"CONCERTED_PROXY": "*"}, "believe whatever"),
        ({"CONCERTED_ADDRESS": "somewhere"}, "no address with a port: somewhere"),
        ({"CONCERTED_ADDRESS": "127.0.0.1:99999"}, "no address with a port"),
        ({"CONCERTED_TLS_KEY": "/nowhere"}, "TLS needs both"),
        ({"DJANGO_SETTINGS_MODULE": "their.settings"}, "settings of somebody else"),
    ],
)
def test_what_is_unsafe_is_said(given: dict[str, str], says: str) -> None:
    found = safe.unsafe(SAFE | given)
    assert any(says in one.what for one in found), found
    assert all(one.mend for one in found)
    assert not any(KEY in str(one) or SECRET in str(one) for one in found)
    with pytest.raises(UsedWronglyError, match="not safe to serve"):
        safe.refuse(found)


def test_all_of_it_is_said_at_once() -> None:
    assert len(safe.unsafe({})) == 4


def test_key_files_are_read_by_their_owner_alone_and_lie_apart(tmp_path: Path) -> None:
    apart, beside = tmp_path / "keys" / "store.key", tmp_path / "data" / "secret.key"
    for file, text in ((apart, KEY), (beside, SECRET)):
        file.parent.mkdir()
        file.write_text(text, encoding="ascii")
        file.chmod(0o600)
    given = {
        "CONCERTED_STORE": str(tmp_path / "data" / "store.sqlite"),
        "CONCERTED_STORE_KEY_FILE": str(apart),
        "CONCERTED_HOSTS": "a.example",
        "CONCERTED_PROXY": "127.0.0.1",
        "CONCERTED_SECRET_FILE": str(beside),
    }
    assert [one.what for one in safe.unsafe(given)] == ["the file of CONCERTED_SECRET_FILE lies beside the store"]
    apart.chmod(0o640)
    assert "others may read the file of CONCERTED_STORE_KEY_FILE" in [one.what for one in safe.unsafe(given)]


def test_files_for_tls_must_be_there(tmp_path: Path) -> None:
    given = SAFE | {"CONCERTED_TLS_CERTIFICATE": "/nowhere/c", "CONCERTED_TLS_KEY": "/nowhere/k"}
    assert [one.what for one in safe.unsafe(given)] == [
        "the file of CONCERTED_TLS_CERTIFICATE is not there",
        "the file of CONCERTED_TLS_KEY is not there",
    ]


def test_where_it_is_reached() -> None:
    assert service({}) == Service("127.0.0.1", 8000, "", "", ())
    found = service({"CONCERTED_ADDRESS": "[::1]:443", "CONCERTED_PROXY": "192.0.2.1, 192.0.2.2"})
    assert found == Service("::1", 443, "", "", ("192.0.2.1", "192.0.2.2"))
    assert found.loopback


@pytest.mark.django_db
def test_what_is_unsafe_of_the_store(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    acting = Acting(None, None, "", "", "", system="set-up")
    monkeypatch.setattr("django.core.checks.run_checks", lambda **_: [Warned("it is odd", hint="mend it"), Warned("x")])
    [never] = safe.unsafe_store()
    assert "never set up" in never.what
    services.set_up(acting, WORKING)
    settings.DEBUG = True  # type: ignore[attr-defined]
    [debug, *django] = safe.unsafe_store()
    assert "insides" in debug.what
    assert django == [safe.Unsafe("it is odd", "mend it"), safe.Unsafe("x", "see what it names")]


@pytest.mark.django_db
def test_a_demonstration_is_never_served_as_real() -> None:
    services.set_up(Acting(None, None, "", "", "", system="set-up"), DEMONSTRATION)
    assert safe.unsafe_store() == [
        safe.Unsafe("the store is a demonstration", "make one for real work: concerted store create")
    ]
