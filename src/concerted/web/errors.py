"""Pages for what goes wrong. They say what can be done about it, and nothing that the reader may not know."""

import logging
import secrets
import sys
import traceback
from types import TracebackType
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

_log = logging.getLogger(__name__)
_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ23456789"  # none that is read as another, and no words
_RETRY: Final = 30  # seconds
_PLAIN: Final = (
    '<!DOCTYPE html><html lang="en-GB"><meta charset="utf-8"><title>{title} - Concerted</title>'
    "<h1>{title}</h1><p>{told}</p></html>"
)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400: nothing of what was sent is repeated."""
    return _page(request, "400", 400)


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404, for what is not there and for what the reader may not see, so that nobody can tell one from the other."""
    return _page(request, "404", 404)


def not_ours(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: a form that cannot be shown to be ours; mostly the page was open for too long."""
    return _page(request, "403", 403)


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the store is out of reach. The page has a reference, the log what failed under it."""
    kind, error, where = sys.exc_info()
    reference = _reference()
    _log.error("%s: %s at %s", reference, kind.__qualname__ if kind else "unknown", _frames(where))
    away = isinstance(error, OperationalError | InterfaceError)
    response = _page(request, "503" if away else "500", 503 if away else 500, reference)
    if away:
        response.headers["Retry-After"] = str(_RETRY)
    return response


def _page(request: HttpRequest, name: str, status: int, reference: str = "") -> HttpResponse:
    """As all pages look; where even that cannot be made, the same words plainly. A page about a failure asks nothing
    of the store, which may be what failed."""
    asks = None if status >= 500 else request
    try:
        html = str(render_to_string(f"web/errors/{name}.html", {"reference": reference}, asks))
    except Exception as why:
        _log.error("%s: no page for %s, %s", reference, name, type(why).__qualname__)
        told = f"Try again later. If you ask for help, give this reference: {reference}" if reference else "Go back."
        html = _PLAIN.format(title="Something went wrong", told=told)
    return HttpResponse(html, status=status)


def _reference() -> str:
    """Short enough to be read out on the telephone."""
    marks = [secrets.choice(_LETTERS) for _ in range(8)]
    return f"{''.join(marks[:4])}-{''.join(marks[4:])}"


def _frames(where: TracebackType | None) -> str:
    """Where it failed. Never with what: the words of an error may hold a person's details."""
    return " < ".join(f"{one.filename}:{one.lineno} {one.name}" for one in reversed(traceback.extract_tb(where)))
