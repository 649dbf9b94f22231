"""Where one can go from every page. Each application adds its places; only the web application puts them together."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest

from concerted.web.components.lists import Place

Provider = Callable[[HttpRequest], Sequence[tuple[str, str]]]
"""Words and address of each place that whoever asks may go to."""
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Called once, when the application is ready."""
    if provider not in _providers:
        _providers.append(provider)


def for_request(request: HttpRequest) -> list[Place]:
    """All places, the page that is asked for marked: the one whose address is the longest beginning of its own."""
    found = [("Start", "/"), *(place for provider in _providers for place in provider(request))]
    here = max((href for _, href in found if request.path.startswith(href)), key=len, default="")
    return [Place(text, href, here=href == here and (href != "/" or request.path == "/")) for text, href in found]
