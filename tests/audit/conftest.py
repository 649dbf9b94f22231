"""Who acts in the tests of the audit."""

from datetime import datetime
from typing import Final
from uuid import UUID

import pytest

from concerted.audit.acting import Acting

PERSON: Final = UUID("0e0e0e0e-0000-4000-8000-000000000001")
ORGANISATION: Final = UUID("0a0a0a0a-0000-4000-8000-000000000001")


@pytest.fixture
def acting(frozen_clock: datetime) -> Acting:
    """An investigator at the force, while the clock stands still."""
    return Acting(PERSON, ORGANISATION, "investigator", "protecting", "192.0.2.7")
