"""Headers of every answer, errors too: nothing is kept, framed, guessed at or told to another site."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_NOT_ASKED_FOR: Final = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "serial"),
    *("screen-wake-lock", "usb", "xr-spatial-tracking"),
)
HEADERS: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [
            *(f"{one}=()" for one in _NOT_ASKED_FOR),
            *(f"{one}=(self)" for one in ("publickey-credentials-create", "publickey-credentials-get")),
        ]
    ),
    # Not "no-referrer": a browser then sends a form without its origin, and nothing would prove that it is ours.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
PAGES: Final = "no-store"  # no browser, and nothing between, keeps a page


class HeadersMiddleware:
    """The outermost, so that it sees every answer."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if response.status_code >= 400 or not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = PAGES
        return response
