"""What must hold before the service starts, said by `concerted check` in words."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from concerted.web.served import NOT_BUILT


@register
def styles_are_built(**_: Any) -> list[CheckMessage]:
    """Without them every page is an error page, and that a plain one."""
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        return []
    return [Error(NOT_BUILT, id="concerted.E001")]
