"""Pages of an organisation's administrator: its people, its details, its contact points."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.audit.acting import Subject
from concerted.audit.acts import Act
from concerted.audit.services import record
from concerted.organisations import selectors, services
from concerted.organisations.forms import ContactPointForm, DetailsForm, InviteForm, WhyForm
from concerted.organisations.models import ContactPoint, Membership
from concerted.organisations.requests import acting_of, for_those_who_may, own_id, own_organisation
from concerted.organisations.rules import NotAllowedError, may, may_agree

_BOTH = ("GET", "POST")
_MANAGES, _REVIEWS = "manage_own_people", "review_access"


@require_safe
@for_those_who_may(_MANAGES, _REVIEWS)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the active organisation. One event names them all."""
    own = own_id(request)
    found, invited = [*selectors.people_of(own)], [*selectors.invitations(own)]
    shown = [Subject("person", str(one.person_id)) for one in found]
    record(acting_of(request), Act.PAGE_READ, shown, page="people")
    manages = may(acting_of(request), _MANAGES)
    return render(request, "organisations/people.html", {"people": found, "invited": invited, "manages": manages})


@require_http_methods(_BOTH)
@for_those_who_may(_MANAGES)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody to the active organisation."""
    own = own_organisation(request)
    form = InviteForm(request.POST or None, family=own.family)
    if form.is_valid() and done(form, lambda: services.invite(acting_of(request), own.pk, **form.cleaned_data)):
        messages.success(request, "The invitation is on its way. Its link works once and ends in 7 days.")
        return redirect("people")
    return render(request, "organisations/invite.html", {"form": form, "organisation": own})


@require_POST
@for_those_who_may(_MANAGES)
def withdraw(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """Take an invitation back."""
    if not selectors.invitations(own_id(request)).filter(pk=invitation).exists():
        raise Http404
    services.withdraw_invitation(acting_of(request), invitation)
    messages.success(request, "The invitation was withdrawn.")
    return redirect("people")


@require_http_methods(_BOTH)
@for_those_who_may(_MANAGES, _REVIEWS)
def membership(request: HttpRequest, one: UUID) -> HttpResponse:
    """One person's role here, and what can be done about it."""
    found = get_object_or_404(Membership.objects.select_related("person"), pk=one, organisation=own_id(request))
    acting, form = acting_of(request), WhyForm(request.POST or None)
    does = _does(request, found, form)
    if does and done(form, does):
        messages.success(request, "Done.")
        return redirect("people")
    if request.method == "GET":
        record(acting, Act.RECORD_READ, [Subject("person", str(found.person_id))], page="membership")
    may_do = {"agrees": may_agree(acting, found), "manages": may(acting, _MANAGES)}
    return render(request, "organisations/membership.html", {"one": found, "form": form, **may_do})


def _does(request: HttpRequest, found: Membership, form: WhyForm) -> Callable[[], object] | None:
    """What the pressed button does; nothing where none was pressed, or a reason is owed and was not given."""
    acting, act = acting_of(request), request.POST.get("act", "")
    plain = {"agree": services.agree, "restore": services.restore}
    with_reason = {"refuse": services.refuse, "suspend": services.suspend, "end": services.end_membership}
    if act in plain:
        return lambda: plain[act](acting, found.pk)
    if act in with_reason and form.is_valid():
        return lambda: with_reason[act](acting, found.pk, form.cleaned_data["why"])
    return None


@require_http_methods(_BOTH)
@for_those_who_may(_MANAGES)
def organisation(request: HttpRequest) -> HttpResponse:
    """What others should know of the active organisation, and where it is reached."""
    own = own_organisation(request)
    shown = {name: getattr(own, name) for name in ("areas", "controller", "registration", "version")}
    form = DetailsForm(request.POST or None, initial=shown)
    if form.is_valid() and done(
        form, lambda: services.change_organisation(acting_of(request), own.pk, **form.cleaned_data)
    ):
        messages.success(request, "Saved.")
        return redirect("organisation")
    due = {point.pk for point in selectors.contact_points_due(own.pk)}
    points = [(point, point.pk in due) for point in own.contact_points.order_by("hours")]
    return render(request, "organisations/organisation.html", {"form": form, "organisation": own, "points": points})


@require_http_methods(_BOTH)
@for_those_who_may(_MANAGES)
def contact_point(request: HttpRequest, hours: str = "in") -> HttpResponse:
    """Set where the active organisation is reached, in hours or out of hours."""
    own = own_organisation(request)
    known = own.contact_points.filter(hours=hours).values("hours", "name", "telephone", "email").first()
    form = ContactPointForm(request.POST or None, initial=dict(known or {"hours": hours}))
    if form.is_valid() and done(
        form, lambda: services.set_contact_point(acting_of(request), own.pk, **form.cleaned_data)
    ):
        messages.success(request, "Saved. It is to be confirmed again in 90 days.")
        return redirect("organisation")
    return render(request, "organisations/contact_point.html", {"form": form})


@require_POST
@for_those_who_may(_MANAGES)
def confirm(request: HttpRequest, hours: str) -> HttpResponse:
    """A contact point is still right."""
    if hours not in ContactPoint.HOURS:
        raise Http404
    services.confirm_contact_point(acting_of(request), own_id(request), hours)
    messages.success(request, "Confirmed.")
    return redirect("organisation")


def done(form: forms.Form, does: Callable[[], object]) -> bool:
    """Whether it was done; what refused it stands over the form, in its words."""
    try:
        does()
    except NotAllowedError as why:
        form.is_valid()
        form.add_error(None, str(why))
        return False
    return True
