"""Rules about what code does: whose clock it asks, where it writes, and whether it could reach a network."""

import ast
from collections.abc import Iterator
from typing import Final

from tools.house_rules.names import dotted, imported, imports, uses
from tools.house_rules.tree import Finding, KeptFile

CLOCK: Final = "src/concerted/common/clock.py"
ENGINES: Final = "src/concerted/"
COMMAND: Final = "src/concerted/cli/"
NETWORK_MODULES: Final[frozenset[str]] = frozenset({"src/concerted/outbox/smtp.py", "src/concerted/web/loopback.py"})
"""The files that may import a network library: the one that hands mail to the mail server that whoever runs the
application has named (decision 0061), and the one that asks this machine's own loopback whether the pages answer there.
Everything else works on one laptop without a network."""

_ASKS_THE_TIME: Final = frozenset(
    {
        *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today"),
        *("datetime.datetime.utcfromtimestamp", "time.time", "time.time_ns", "time.localtime", "time.gmtime"),
        *("time.ctime", "time.strftime", "time.asctime"),
    }
)
_FROM_TIMESTAMP: Final = frozenset({"datetime.datetime.fromtimestamp", "datetime.date.fromtimestamp"})
_NETWORK: Final = frozenset(
    {
        *("socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "imaplib", "poplib", "nntplib", "telnetlib"),
        *("xmlrpc", "socketserver", "asyncore", "webbrowser", "requests", "httpx", "aiohttp", "urllib3", "httplib2"),
        *("websockets", "paramiko", "pycurl", "grpc", "boto3", "botocore", "django.core.mail"),
    }
)


def asks_the_time(file: KeptFile) -> Iterator[Finding]:
    """Only the clock asks what time it is, so that every test and every re-run can say which moment it was."""
    if file.code is None or file.path == CLOCK:
        return
    for node, name in uses(file.code):
        if name in _ASKS_THE_TIME:
            yield Finding(
                file.path,
                node.lineno,
                "time",
                f"{name} asks the time here: a test cannot freeze it, and without a zone two offices read it as "
                "different moments. Take the moment as an argument, or call now() or today() of "
                "concerted.common.clock; to measure how long something takes use time.perf_counter()",
            )


def naive_timestamp(file: KeptFile) -> Iterator[Finding]:
    """A moment made from a number of seconds carries its zone."""
    names = imported(file.code) if file.code else {}
    for node in ast.walk(file.code or ast.Module([], [])):
        if not isinstance(node, ast.Call) or dotted(node.func, names) not in _FROM_TIMESTAMP:
            continue
        if len(node.args) < 2 and not any(word.arg in {"tz", None} for word in node.keywords):
            yield Finding(
                file.path,
                node.lineno,
                "time",
                "fromtimestamp without tz gives the laptop's own local time without saying so, an hour out for half "
                "the year. Write datetime.fromtimestamp(seconds, tz=UTC)",
            )


def prints_in_engine(file: KeptFile) -> Iterator[Finding]:
    """An engine is a library: what it has to say it returns, raises or reports as progress."""
    if file.code is None or not file.path.startswith(ENGINES) or file.path.startswith(COMMAND):
        return
    for node in ast.walk(file.code):
        if isinstance(node, ast.Name) and node.id in {"print", "pprint"}:
            yield Finding(
                file.path,
                node.lineno,
                "print",
                f"{node.id} in an engine would put words among the results of whoever uses it as a library, and "
                "perhaps a person's details in a log. Return the value, raise one of concerted.common.errors, or "
                "report to Progress; only concerted.cli prints",
            )


def imports_network(file: KeptFile) -> Iterator[Finding]:
    """Nothing phones home: a network library stands only in the modules that are named here for it."""
    if file.code is None or not file.path.startswith(ENGINES) or file.path in NETWORK_MODULES:
        return
    for line, name in imports(file.code):
        if any(name == banned or name.startswith(f"{banned}.") for banned in _NETWORK):
            yield Finding(
                file.path,
                line,
                "network",
                f"{name} can reach a network, and everything here works on one laptop without one, so that no record "
                "can leave it. Read from a file that the user gives; if a module must reach out, a decision in "
                "docs/decisions/ says why and NETWORK_MODULES in tools/house_rules/code.py names it",
            )
