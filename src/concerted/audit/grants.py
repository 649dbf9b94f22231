"""What the application's role may do with the audit's tables on PostgreSQL, where another role owns them.

Triggers refuse a change to whoever does not put them aside, and only an owner can do that: so the application signs in
as a role that owns nothing, and an administrator migrates as the owner.
"""

from typing import Final

from psycopg import sql

from concerted.audit.triggers import TABLES

_MAY: Final = (
    "revoke all on {tables} from public, {role}",
    "grant select, insert on {tables} to {role}",
    "grant update (number, previous, head) on audit_chain to {role}",
    "grant delete on audit_payload to {role}",  # under a removal's mark alone, as the trigger sees to
    "grant usage on sequence audit_chain_id_seq, audit_removal_id_seq to {role}",
)


def grants(role: str) -> list[str]:
    """Statements for that role, to be run by the owner after each migration."""
    tables = sql.SQL(", ").join(map(sql.Identifier, TABLES))
    return [sql.SQL(one).format(tables=tables, role=sql.Identifier(role)).as_string() for one in _MAY]
