"""A person's own pages: accepting an invitation, and what they may do here, as whom."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from concerted.organisations import selectors, services
from concerted.organisations.forms import AcquaintanceForm, PasswordForm
from concerted.organisations.models import Acquaintance, Person
from concerted.organisations.requests import acting_of
from concerted.organisations.rights import rights
from concerted.organisations.views import done

MEMBERSHIP = "membership"  # in the session: the active one, which the middleware reads


@require_http_methods(("GET", "POST"))
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept it: with a new password, or signed in."""
    found = selectors.invitation_of(token)
    if found is None:
        raise Http404
    known = Person.objects.filter(email=found.email).first()
    form = PasswordForm(request.POST or None)
    if known is None and form.is_valid() and _accepted(request, token, form):
        messages.success(request, "You can sign in now. Some roles begin once a second person agreed.")
        return redirect("account_login")
    if known and request.user.pk == known.pk and request.method == "POST":
        services.accept_invitation(acting_of(request), token)
        messages.success(request, "Accepted. Some roles begin once a second person agreed.")
        return redirect("me")
    told = {"form": form, "invitation": found, "known": known, "is_them": known and request.user.pk == known.pk}
    return render(request, "organisations/invitation.html", told)


def _accepted(request: HttpRequest, token: str, form: PasswordForm) -> bool:
    try:
        return done(form, lambda: services.accept_invitation(acting_of(request), token, form.cleaned_data["password"]))
    except ValidationError as why:
        form.add_error("password", why)
        return False


@require_http_methods(("GET", "POST"))
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """What one may do here, as whom; whom one knows."""
    acting, form = acting_of(request), AcquaintanceForm(request.POST or None)
    if form.is_valid():
        services.declare_acquaintance(acting, **form.cleaned_data)
        messages.success(request, "Declared. What you open of that name can be looked at by whoever reviews access.")
        return redirect("me")
    person = request.user
    assert person.is_authenticated
    now = selectors.memberships_now(person)
    mine = [(one, one.organisation_id == acting.organisation and one.role == acting.role) for one in now]
    known = Acquaintance.objects.filter(person=person, ended__isnull=True).order_by("name")
    return render(
        request,
        "organisations/me.html",
        {"memberships": mine, "rights": rights(acting.role), "form": form, "known": known},
    )


@require_POST
@login_required
def switch(request: HttpRequest, membership: UUID) -> HttpResponse:
    """Go on in another organisation or role."""
    chosen = services.choose_membership(acting_of(request), membership)
    request.session[MEMBERSHIP] = str(chosen.pk)
    messages.success(request, f"You act as {chosen.in_words} at {chosen.organisation} now.")
    return redirect("start")


@require_POST
@login_required
def end_acquaintance(request: HttpRequest, acquaintance: UUID) -> HttpResponse:
    """Take a declaration back."""
    services.end_acquaintance(acting_of(request), acquaintance)
    return redirect("me")
