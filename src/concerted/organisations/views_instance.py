"""Pages of the instance's administrator: the organisations, and the first administrator of each."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from concerted.organisations import selectors, services
from concerted.organisations.forms import InviteForm, OrganisationForm
from concerted.organisations.models import Organisation
from concerted.organisations.requests import acting_of, for_those_who_may
from concerted.organisations.rules import FIRST
from concerted.organisations.views import done

_CREATES = "create_organisation"


@require_safe
@for_those_who_may(_CREATES)
def organisations(request: HttpRequest) -> HttpResponse:
    """All of them, with how many administer each."""
    found = [(one, selectors.administrators_now(one.pk)) for one in selectors.organisations()]
    return render(request, "organisations/organisations.html", {"organisations": found})


@require_http_methods(("GET", "POST"))
@for_those_who_may(_CREATES)
def create(request: HttpRequest) -> HttpResponse:
    """A new one."""
    form = OrganisationForm(request.POST or None)
    if form.is_valid() and done(form, lambda: services.create_organisation(acting_of(request), **form.cleaned_data)):
        messages.success(request, "Created. Invite its first administrator.")
        return redirect("organisations")
    return render(request, "organisations/create.html", {"form": form})


@require_http_methods(("GET", "POST"))
@for_those_who_may(_CREATES)
def first_administrator(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Invite somebody who then manages the people of that organisation."""
    found = get_object_or_404(Organisation, pk=organisation)
    form = InviteForm(request.POST or None, family=found.family, only=FIRST)
    if form.is_valid() and done(form, lambda: services.invite(acting_of(request), found.pk, **form.cleaned_data)):
        messages.success(request, "The invitation is on its way. Its link works once and ends in 7 days.")
        return redirect("organisations")
    return render(request, "organisations/invite.html", {"form": form, "organisation": found})
