"""Who sends, and when it is."""

from datetime import datetime
from uuid import UUID

import pytest

from concerted.audit.acting import Acting

ORGANISATION = UUID(int=7)
PERSON = UUID(int=8)


@pytest.fixture
def acting(frozen_clock: datetime) -> Acting:
    return Acting(PERSON, ORGANISATION, "organisation_administrator", "protecting", "127.0.0.1")
