"""A demonstration is made once, holds nobody real, and goes on as it was."""

import base64
import os
import stat
from pathlib import Path

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate

from concerted.cli import demonstrate
from concerted.common.errors import UsedWronglyError
from concerted.common.progress import Silent
from concerted.instance import services
from concerted.instance.models import WORKING
from concerted.instance.selectors import demonstration as is_demonstration
from concerted.organisations.models import Organisation, Person
from concerted.reference.roles import roles
from concerted.web import demonstration
from concerted.web.environment import environment
from concerted.web.signing_in import factors


@pytest.fixture
def made(db: None) -> list[demonstration.SignIn]:
    """Who signs in to one that was made just now."""
    assert demonstration.ready(demonstrate.region, Silent())
    return demonstration.sign_ins()


def test_there_is_a_person_for_each_role_that_signs_in_now(made: list[demonstration.SignIn]) -> None:
    now = [role.words for role in roles().values() if not role.begins]
    assert [one.role for one in made] == now
    assert len({one.name for one in made}) == len({one.email for one in made}) == len(made)
    assert all(one.email.endswith(".example") for one in made)
    assert is_demonstration()


def test_agencies_of_the_invented_region_are_there(made: list[demonstration.SignIn]) -> None:
    families = dict(Organisation.objects.values_list("name", "family"))
    assert families["Brackenmarch Constabulary"] == "police"
    assert sorted(set(families.values())) == sorted(
        ["police", "childrens_services", "health", "third_sector", "taskforce", "oversight"]
    )


def test_everybody_can_sign_in_and_needs_nothing_more(made: list[demonstration.SignIn]) -> None:
    for one in Person.objects.all():
        assert authenticate(None, email=one.email, password=demonstration.PASSWORD) == one
        assert factors.missing(one) == ""
        [factor] = Authenticator.objects.filter(user=one)
        assert len(base64.b32decode(get_adapter().decrypt(factor.data["secret"]))) == 20


def test_it_goes_on_as_it_was(made: list[demonstration.SignIn]) -> None:
    def never(people: int) -> demonstration.Region:
        raise AssertionError(people)

    assert not demonstration.ready(never, Silent())
    assert demonstration.sign_ins() == made


def test_a_working_store_is_never_made_one(db: None) -> None:
    services.set_up(demonstration.ACTING, WORKING)
    with pytest.raises(UsedWronglyError, match="a working one"):
        demonstration.ready(demonstrate.region, Silent())
    assert not Person.objects.exists()


def test_its_environment_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCERTED_HOSTS", "elsewhere.example")
    given = demonstration.environment(tmp_path / "new")
    found = environment(given)
    assert (found.hosts, Path(found.store)) == ((), tmp_path / "new" / "store.sqlite")
    assert found.store_key != found.secret
    for name in (demonstration.KEY, demonstration.SECRET):
        assert stat.S_IMODE((tmp_path / "new" / name).stat().st_mode) == 0o600
    assert environment(demonstration.environment(tmp_path / "new")) == found


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").touch()
    with pytest.raises(UsedWronglyError, match="something else than a demonstration"):
        demonstration.environment(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["letters.txt"]


def test_the_environment_is_put_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(os.environ)
    try:
        demonstration.put_in_force({"ONE": "1"})
        assert dict(os.environ) == {"ONE": "1"}
    finally:
        demonstration.put_in_force(before)


def test_what_is_printed_says_how_to_sign_in() -> None:
    one = demonstration.SignIn("Analyst", "Northvale Police", "Asha Example", "analyst@northvale.example")
    said = "\n".join(demonstrate.lines(Path("out"), 8001, [one], new=True))
    for needed in ("Made the demonstration in out", "analyst@northvale.example  Analyst", demonstration.PASSWORD):
        assert needed in said
    assert "http://localhost:8001/" in said
    assert "store.key" in said
    assert "Opened" in "\n".join(demonstrate.lines(Path("out"), 8001, [one], new=False))
