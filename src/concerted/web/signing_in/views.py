"""Pages of signing in that django-allauth has not: what is still to be set up, and that somebody is still here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from concerted.web.signing_in import factors


@require_GET
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """What is missing, and the ways to set it up."""
    assert request.user.is_authenticated
    missing = factors.missing(request.user)
    if not missing:
        return redirect("start")
    return render(request, "web/second_factor.html", {"passkey_alone": missing == "passkey"})


@csrf_exempt
@require_POST
@login_required
def still_here(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- that it came is all
    """Somebody who was asked whether they are still there said so: the middleware has noted it. A token on every page
    would make no two pages alike, and the cookie is not sent with what another site posts."""
    return HttpResponse(status=204)
