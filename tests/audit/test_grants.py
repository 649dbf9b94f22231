"""On PostgreSQL the application's role adds to the audit, and can neither change it nor put the triggers aside."""

import pytest
from django.db import ProgrammingError, connection, transaction

from concerted.audit import services
from concerted.audit.acting import Acting
from concerted.audit.acts import Act
from concerted.audit.grants import grants
from concerted.audit.whole import verify
from concerted.common.progress import Silent
from tests.cli.commands import command
from tests.emptying import run

REFUSED = [
    "update audit_link set place = 7",
    "delete from audit_link",
    "truncate audit_payload",
    "update audit_payload set content = ''",
    "update audit_chain set name = 'other'",
    "delete from audit_tie",
    "alter table audit_link disable trigger user",
    "drop trigger audit_link_no_update on audit_link",
    "drop function audit_refused cascade",
]


def test_the_statements_are_printed_for_whoever_runs_them(capsys: pytest.CaptureFixture[str]) -> None:
    ran = command(capsys)("audit", "grants", "--role", 'con"certed')
    assert ran.code == 0
    assert ran.out.splitlines()[1] == (
        'grant select, insert on "audit_link", "audit_removal", "audit_tie", "audit_payload", "audit_chain"'
        ' to "con""certed";'
    )


@pytest.fixture
def as_role(transactional_db: None) -> object:
    """A role that owns nothing, to be taken and put down. False where the store knows no roles."""
    if connection.vendor != "postgresql":
        return False
    run(["create role concerted_app", *grants("concerted_app"), "set role concerted_app"])
    return True


def test_the_role_adds_and_changes_nothing(acting: Acting, as_role: bool) -> None:
    if not as_role:
        return  # the embedded store is a file, and knows no roles
    try:
        services.record(acting, Act.SEARCHED)
        services.tie(acting)
        assert services.erase(acting, 1, 1) == 1
        assert verify(Silent()).wrong == []
        for statement in REFUSED:
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
                run([statement])
    finally:
        run(["reset role", "drop owned by concerted_app", "drop role concerted_app"])
