"""Nothing but the outbox speaks to the world outside."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import concerted

PACKAGE = Path(concerted.__file__).parent
MAY = {"outbox/smtp.py"}
OUT = {
    *("smtplib", "imaplib", "poplib", "ftplib", "telnetlib", "socket", "ssl", "http.client", "urllib.request"),
    *("django.core.mail", "requests", "httpx", "aiohttp", "urllib3", "xmlrpc.client", "websockets"),
}


def ways_out(source: str) -> Iterator[str]:
    """The modules that this source imports and through which something could leave."""
    for node in ast.walk(ast.parse(source)):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        yield from sorted({out for name in names for out in OUT if name == out or name.startswith(f"{out}.")})


def test_nothing_else_goes_out() -> None:
    found = {
        file.relative_to(PACKAGE).as_posix(): ways
        for file in sorted(PACKAGE.rglob("*.py"))
        if (ways := [*ways_out(file.read_text(encoding="utf-8"))])
    }
    wrong = {name: ways for name, ways in found.items() if name not in MAY}
    assert not wrong, f"send through concerted.outbox.services.send, which keeps, checks and audits it: {wrong}"
    assert set(found) == MAY


@pytest.mark.parametrize(
    ("source", "ways"),
    [
        ("import smtplib", ["smtplib"]),
        ("from django.core import mail", ["django.core.mail"]),
        ("from django.core.mail import send_mail", ["django.core.mail"]),
        ("import urllib.request as r", ["urllib.request"]),
        ("from urllib import request, parse", ["urllib.request"]),
        ("from urllib.parse import urlsplit\nimport socketserver", []),
        ("from .mail import send", []),
    ],
)
def test_a_way_out_is_seen(source: str, ways: list[str]) -> None:
    assert [*ways_out(source)] == ways
