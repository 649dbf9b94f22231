"""Whether the service works, for whoever runs it. It tells nobody anything else."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- whoever asks is answered alike
    """200 where the store answers, else 503; no words but these."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("not working\n", content_type="text/plain", status=503)
    return HttpResponse("working\n", content_type="text/plain")
