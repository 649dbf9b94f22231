"""What views ask of a request: who acts, and that they may see the page at all. Denied looks absent."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from concerted.audit.acting import Acting
from concerted.organisations.models import Organisation
from concerted.organisations.rules import may

View = Callable[..., HttpResponse]


def acting_of(request: HttpRequest) -> Acting:
    """Who acts, as the middleware found."""
    found: Acting = request.acting  # type: ignore[attr-defined]
    return found


def own_organisation(request: HttpRequest) -> Organisation:
    """The one that is active."""
    return Organisation.objects.get(pk=own_id(request))


def own_id(request: HttpRequest) -> UUID:
    """Its id. Http404 where none is active."""
    found = acting_of(request).organisation
    if found is None:
        raise Http404
    return found


def for_those_who_may(*acts: str) -> Callable[[View], View]:
    """A page for those whose active role has one of these acts. To others it is not there."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def checked(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            if not any(may(acting_of(request), act) for act in acts):
                raise Http404
            return view(request, *given, **named)

        return checked

    return decorate
