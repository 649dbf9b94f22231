"""The page that one sees after signing in: what waits for one, and where one can go, in the role that is active."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concerted.web import providers
from concerted.web.components.lists import Task


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Filled by the applications."""
    acting = request.acting  # type: ignore[attr-defined]
    due = [Task(one.text, one.href, one.state, one.hint) for one in providers.due(acting)]
    return render(request, "web/start.html", {"due": due, "ways": providers.ways(acting)})
