"""Every address of the application."""

from django.urls import URLPattern, URLResolver, include, path

from concerted.web.health import health
from concerted.web.start import start

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start, name="start"),
    path("health/", health, name="health"),
    path("sign-in/", include("concerted.web.signing_in.urls")),
    path("", include("concerted.organisations.urls")),
]

handler400 = "concerted.web.errors.not_understood"
handler403 = "concerted.web.errors.not_there"  # denied looks absent
handler404 = "concerted.web.errors.not_there"
handler500 = "concerted.web.errors.failed"
