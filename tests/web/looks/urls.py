"""The application's addresses, and some more that only tests have: every component, and each way to fail."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from concerted.web import urls
from concerted.web.urls import handler400, handler403, handler404, handler500
from tests.web.looks.gallery import gallery

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
SECRET = "07700 900123 in the words of an error"


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(SECRET)


def strange(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation(SECRET)


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError(SECRET)


def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError(SECRET)


urlpatterns = [
    *urls.urlpatterns,
    path("tests/gallery/", gallery),
    path("tests/denied/", denied),
    path("tests/strange/", strange),
    path("tests/broken/", broken),
    path("tests/away/", away),
]
