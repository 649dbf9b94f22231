"""The list of roles holds together, and says what it is made to say."""

from dataclasses import replace

import pytest

from concerted.reference import roles as listed
from concerted.reference.loader import Table, load_table
from concerted.reference.roles import content_words, of_family, roles


def test_a_role_that_is_the_same_as_another_has_all_of_it() -> None:
    assert roles()["deputy_sio"].reads == roles()["sio"].reads
    assert roles()["deputy_sio"].words == "Deputy senior investigating officer"


def test_who_supports_never_reads_accounts_or_evidence() -> None:
    adviser = roles()["independent_adviser"]
    assert not {"account", "evidence", "intelligence", "decision_log"} & set(adviser.reads)
    assert adviser.excludes == {"listener"}
    assert "independent_adviser" in roles()["listener"].excludes


def test_roles_that_cannot_sign_in_yet_are_offered_to_nobody() -> None:
    assert "listener" not in [role.key for role in of_family("third_sector")]
    assert "independent_adviser" in [role.key for role in of_family("third_sector")]


def test_which_roles_read_cases() -> None:
    without = {key for key, role in roles().items() if not role.reads_cases}
    assert {"organisation_administrator", "instance_administrator", "auditor", "data_protection_officer"} <= without
    assert not {"analyst", "social_worker", "independent_adviser", "data_officer"} & without


def test_every_class_has_its_words() -> None:
    assert set(roles()["analyst"].reads) <= set(content_words())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reads": {"identity": "some"}}, "not listed"),
        ({"reads": {"secrets": "all"}}, "not listed"),
        ({"acts": ["fly"]}, "not listed"),
        ({"family": ["army"]}, "not listed"),
        ({"excludes": ["auditor"]}, "do not exclude it"),
        ({"same_as": "deputy_sio"}, "no chains"),
    ],
)
def test_a_list_that_contradicts_itself_fails(
    change: dict[str, object], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = load_table("roles")
    wrong = {**table.data, "roles": {**table.data["roles"], "new": {"family": ["police"], **change}}}
    monkeypatch.setattr(listed, "load_table", lambda name: _with(table, wrong))
    with pytest.raises(ValueError, match=says):
        roles.__wrapped__()


def _with(table: Table, data: dict[str, object]) -> Table:
    return replace(table, data=data)
