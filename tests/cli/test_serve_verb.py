"""A store for real work is made, checked, served over TLS and worked on, as whoever runs an instance does it."""

import datetime
import json
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from concerted.common import clock
from tests.cli.test_demonstrate_verb import free_port

Given = dict[str, str]


def certificate(folder: Path) -> tuple[Path, Path]:
    """One of this test's own, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    now = clock.now()
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    files = folder / "certificate.pem", folder / "tls.key"
    files[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    files[1].chmod(0o600)
    return files


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """The environment of an instance that is safe to serve."""
    (tmp_path / "keys").mkdir()
    (tmp_path / "data").mkdir()
    public, private = certificate(tmp_path / "keys")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CONCERTED_", "DJANGO_"))}
    return kept | {
        "CONCERTED_STORE": str(tmp_path / "data" / "store.sqlite"),
        "CONCERTED_STORE_KEY": os.urandom(32).hex(),
        "CONCERTED_SECRET": os.urandom(32).hex(),
        "CONCERTED_HOSTS": "localhost",
        "CONCERTED_ADDRESS": f"127.0.0.1:{free_port()}",
        "CONCERTED_TLS_CERTIFICATE": str(public),
        "CONCERTED_TLS_KEY": str(private),
    }


def ran(given: Given, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(line(*words), env=given, capture_output=True, text=True, check=False)


def line(*words: str) -> list[str]:
    return [sys.executable, "-m", "concerted", *words]


def test_an_instance_is_made_checked_and_served(given: Given) -> None:
    early = ran(given, "check", "--deploy", "--json")
    assert early.returncode == 1
    assert [one["what"] for one in json.loads(early.stdout)["unsafe"]] == [
        "there is no store yet where CONCERTED_STORE points"
    ]
    assert not Path(given["CONCERTED_STORE"]).exists()
    made = ran(given, "store", "create")
    assert (made.returncode, made.stdout[:14]) == (0, "Made the store")
    assert "there already" in ran(given, "store", "create").stderr
    assert "nothing is to be done" in ran(given, "store", "upgrade").stdout
    checked = ran(given, "check", "--deploy")
    assert (checked.returncode, checked.stdout) == (0, "Safe to serve.\n"), checked
    assert ran(given, "check").stdout == "The store opens and is of this version.\n"
    _serves(given)


def _serves(given: Given) -> None:
    """Over TLS, with what a browser is told about it; both processes end well."""
    trusted = ssl.create_default_context(cafile=given["CONCERTED_TLS_CERTIFICATE"])
    address = f"https://localhost:{given['CONCERTED_ADDRESS'].rpartition(':')[2]}"
    with (
        subprocess.Popen(line("serve"), env=given) as web,
        subprocess.Popen(line("worker"), env=given, stderr=subprocess.PIPE) as worker,
    ):
        try:
            page = _page(f"{address}/sign-in/", trusted, web)
            assert "Strict-Transport-Security" in page.headers
            assert b"Demonstration store" not in page.read()
            assert worker.poll() is None
        finally:
            for one in (web, worker):
                one.send_signal(signal.SIGTERM)
    assert (web.returncode, worker.returncode) == (0, 0)


def _page(address: str, trusted: ssl.SSLContext, web: "subprocess.Popen[bytes]") -> "urllib.response.addinfourl":
    while web.poll() is None:
        try:
            answer: urllib.response.addinfourl = urllib.request.urlopen(address, context=trusted)
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return answer
    raise AssertionError(web.returncode)


def test_what_is_unsafe_is_not_served(given: Given) -> None:
    ran(given, "store", "create")
    for name in ("CONCERTED_TLS_CERTIFICATE", "CONCERTED_TLS_KEY"):
        del given[name]
    for verb in ("serve", "worker"):
        refused = ran(given, verb)
        assert refused.returncode == 2
        assert refused.stderr.startswith("concerted: this is not safe to serve. The pages would be plain HTTP")


def test_a_store_with_another_key(given: Given) -> None:
    ran(given, "store", "create")
    given["CONCERTED_STORE_KEY"] = os.urandom(32).hex()
    assert "the key does not open this store" in ran(given, "check").stderr
