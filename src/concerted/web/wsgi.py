"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from concerted.web.service import service

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.web.settings")
application = get_wsgi_application()
if proxies := service().proxies:
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=[*proxies])

from concerted.instance.selectors import remember  # noqa: E402 -- Django comes first

remember()
connections.close_all()  # each thread opens its own
