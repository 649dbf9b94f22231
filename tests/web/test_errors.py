"""What goes wrong is told in words, with nothing of what it was; headers are the same whatever is answered."""

import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from concerted.web import errors
from concerted.web.headers import HEADERS
from tests.web.looks.urls import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def anyone(settings: Settings) -> Client:
    """Somebody who is not signed in, with pages that only tests have."""
    settings.ROOT_URLCONF = "tests.web.looks.urls"
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/tests/strange/", 400, "That could not be understood"),
        ("/nowhere/", 404, "Page not found"),
        ("/tests/denied/", 404, "Page not found"),
        ("/tests/broken/", 500, "Something went wrong"),
        ("/tests/away/", 503, "The service cannot be reached now"),
    ],
)
def test_an_error_has_its_page_which_repeats_nothing(anyone: Client, path: str, status: int, heading: str) -> None:
    response = anyone.get(path)
    assert response.status_code == status
    html = response.content.decode()
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in html
    assert SECRET not in html
    assert "Traceback" not in html


def test_denied_looks_absent_to_the_byte(anyone: Client) -> None:
    denied, absent = anyone.get("/tests/denied/"), anyone.get("/nowhere/")
    assert denied.content == absent.content
    assert denied.headers == absent.headers


def test_a_form_that_is_not_shown_to_be_ours_says_what_to_do(settings: Settings) -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "x"})
    assert response.status_code == 403
    assert b"This page was open for too long" in response.content


def test_an_error_is_logged_under_the_reference_that_the_page_shows(
    anyone: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "concerted"):
        html = anyone.get("/tests/broken/").content.decode()
    told = [one.getMessage() for one in caplog.records if one.name == "concerted.web.errors"]
    assert len(told) == 1
    reference = told[0].partition(":")[0]
    assert f'<strong class="concerted-code">{reference}</strong>' in html
    assert "ValueError" in told[0]
    assert "urls.py" in told[0]
    assert SECRET not in told[0]


def test_a_reference_can_be_read_out(anyone: Client) -> None:
    found = {errors._reference() for _ in range(50)}
    assert len(found) == 50
    assert all(len(one) == 9 and not set(one) & set("AEIOU01") for one in found)


def test_a_store_out_of_reach_says_when_to_ask_again(anyone: Client) -> None:
    assert anyone.get("/tests/away/").headers["Retry-After"] == "30"


def test_where_no_page_can_be_made_the_words_come_plainly(anyone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> str:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(errors, "render_to_string", fails)
    broken, absent = anyone.get("/tests/broken/"), anyone.get("/nowhere/")
    assert broken.status_code == 500
    assert b"Something went wrong" in broken.content
    assert b"give this reference" in broken.content
    assert absent.status_code == 404
    assert b"<p>Go back.</p>" in absent.content
    assert SECRET.encode() not in broken.content + absent.content


@pytest.mark.parametrize(
    "path", ["/", "/sign-in/", "/health/", "/nowhere/", "/static/nothing.css", "/tests/strange/", "/tests/broken/"]
)
def test_every_answer_has_the_same_headers(anyone: Client, path: str) -> None:
    response = anyone.get(path)
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert response.headers["Cache-Control"] == "no-store"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_an_unknown_host_is_refused_with_the_same_headers(anyone: Client) -> None:
    response = anyone.get("/sign-in/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert "Content-Security-Policy" in response.headers


def test_what_pages_load_may_be_kept_since_its_name_changes_with_it(anyone: Client) -> None:
    html = anyone.get("/sign-in/").content.decode()
    path = html.partition('rel="stylesheet" href="')[2].partition('"')[0]
    response = anyone.get(path)
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_health_tells_that_it_works_and_nothing_else(anyone: Client) -> None:
    response = anyone.get("/health/")
    assert (response.status_code, response.content) == (200, b"working\n")
    assert anyone.post("/health/").status_code == 405


def test_health_tells_that_the_store_does_not_answer(anyone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError

    from concerted.web import health

    class Away:
        def cursor(self) -> Iterator[None]:
            raise DatabaseError(SECRET)

    monkeypatch.setattr(health, "connection", Away())
    response = anyone.get("/health/")
    assert (response.status_code, response.content) == (503, b"not working\n")
