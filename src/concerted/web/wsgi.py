"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.web.settings")
application = get_wsgi_application()

from concerted.instance.selectors import remember  # noqa: E402 -- Django comes first

remember()
connections.close_all()  # each thread opens its own
