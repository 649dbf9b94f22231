"""Nothing changes state without an event: every service of every application, and the guards themselves."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from django.db import connection, transaction

from concerted.audit.acting import Acting
from concerted.audit.acts import Act
from concerted.audit.services import record
from concerted.organisations.models import Person
from tests.audit import guard
from tests.recorded import UnrecordedError, audited

OUTSIDE = {"concerted.audit.services.record"}  # it is the event


@pytest.mark.parametrize("module", guard.services())
def test_every_service_says_what_it_changes(module: str) -> None:
    wrong = guard.unrecorded(module)
    assert not [one for one in wrong if one.partition(" ")[0] not in OUTSIDE], "\n".join(wrong)


IMPORTS = """
from concerted.audit import services as audit
from concerted.audit.acting import Acting
from concerted.audit.services import record
from concerted.ours import helping
from concerted.ours.helping import named, silent
"""
HELPING = """
from concerted.audit.services import record

def named(acting):
    record(acting, "act")

def silent(acting):
    return silent(acting)
"""


@pytest.mark.parametrize(
    "body",
    [
        "def change(acting: Acting, name: str) -> None:\n    record(acting, 'act')",
        "def change(acting: Acting) -> None:\n    audit.record(acting, 'act')",
        "def change(acting: Acting) -> None:\n    _inner(acting)\n\ndef _inner(acting):\n    record(acting, 'act')",
        "def change(acting: Acting) -> None:\n    named(acting)",
        "def change(acting: Acting) -> None:\n    helping.named(acting)",
        "def _private() -> None:\n    pass",
        "class Given:\n    pass",
    ],
)
def test_what_records_is_let_through(tmp_path: Path, body: str) -> None:
    assert guard.unrecorded("concerted.ours.services", _written(tmp_path, body)) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("def change(name: str) -> None:\n    record(None, 'act')", "does not take `acting: Acting`"),
        ("def change() -> None:\n    record(None, 'act')", "does not take `acting: Acting`"),
        ("def change(acting) -> None:\n    record(acting, 'act')", "does not take `acting: Acting`"),
        ("def change(acting: Acting) -> None:\n    Person.objects.create()", "never calls record"),
        ("def change(acting: Acting) -> None:\n    silent(acting)", "never calls record"),
        ("def change(acting: Acting) -> None:\n    change(acting)", "never calls record"),
        ("def change(acting: Acting) -> None:\n    record", "never calls record"),
    ],
)
def test_what_does_not_is_found_and_taught(tmp_path: Path, body: str, says: str) -> None:
    [wrong] = guard.unrecorded("concerted.ours.services", _written(tmp_path, body))
    assert wrong.startswith("concerted.ours.services.change ")
    assert says in wrong
    assert "call `concerted.audit.services.record(acting, Act.X, subjects)` as the last thing" in wrong


def _written(folder: Path, body: str) -> Path:
    place = folder / "concerted" / "ours"
    place.mkdir(parents=True)
    (place / "services.py").write_text(f"{IMPORTS}\n{body}\n", encoding="utf-8")
    (place / "helping.py").write_text(HELPING, encoding="utf-8")
    (folder / "concerted" / "audit").mkdir()
    (folder / "concerted" / "audit" / "services.py").write_text(
        "def record(acting, act):\n    pass\n", encoding="utf-8"
    )
    assert guard.services(folder) == ["concerted.audit.services", "concerted.ours.services"]
    return folder


@pytest.fixture
def service(tmp_path: Path) -> Callable[[str], Callable[..., None]]:
    """A function `change(acting)` of a services.py with this body."""

    def made(body: str) -> Callable[..., None]:
        place = tmp_path / "concerted" / "ours" / "services.py"
        module = ModuleType("services")
        module.__dict__.update(Person=Person, record=record, transaction=transaction, Act=Act)
        exec(compile(f"def change(acting):\n{body}", str(place), "exec"), module.__dict__)
        change: Callable[..., None] = module.change
        return change

    return made


WRITE = "Person.objects.create(email='a@force.example', name='A')"


@pytest.mark.django_db
def test_a_service_that_writes_and_says_so_runs(service: Callable[[str], Callable[..., None]], acting: Acting) -> None:
    change = service(f"  with transaction.atomic():\n    {WRITE}\n    record(acting, Act.PERSON_INVITED)")
    change(acting)
    with transaction.atomic():  # also within another's
        Person.objects.all().delete()
        change(acting)


@pytest.mark.django_db
def test_a_service_that_found_nothing_to_change_says_nothing(
    service: Callable[[str], Callable[..., None]], acting: Acting
) -> None:
    service("  with transaction.atomic():\n    Person.objects.filter(name='Nobody').update(name='A')")(acting)


@pytest.mark.django_db
def test_a_service_that_failed_wrote_nothing(service: Callable[[str], Callable[..., None]], acting: Acting) -> None:
    with pytest.raises(ZeroDivisionError):
        service(f"  with transaction.atomic():\n    {WRITE}\n    1 / 0")(acting)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "says"),
    [
        (f"  with transaction.atomic():\n    {WRITE}", "a service wrote organisations_person without an event"),
        (
            f"  with transaction.atomic():\n    {WRITE}\n  record(acting, Act.PERSON_INVITED)",
            "a service wrote organisations_person without an event",
        ),
        (f"  {WRITE}\n  record(acting, Act.PERSON_INVITED)", "a service wrote organisations_person in no transaction"),
    ],
)
def test_a_service_that_writes_without_an_event_fails_its_tests(
    service: Callable[[str], Callable[..., None]], acting: Acting, body: str, says: str
) -> None:
    with pytest.raises(UnrecordedError, match=says) as told:
        service(body)(acting)
    assert "call `concerted.audit.services.record(acting, Act.X, subjects)` as the last thing" in str(told.value)


@pytest.mark.django_db
def test_what_tests_write_themselves_is_not_looked_at(acting: Acting) -> None:
    Person.objects.create(email="b@force.example", name="B")
    with connection.cursor() as cursor:
        cursor.execute("update organisations_person set name = 'C'")
    assert "audit_link" not in audited()
    assert {"organisations_person", "organisations_membership"} <= audited()
