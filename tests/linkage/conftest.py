"""What several of the tests of linkage share."""

import csv
from collections.abc import Iterator

import pytest


@pytest.fixture
def cells_of_a_thousand() -> Iterator[None]:
    """CSV cells of more than a thousand characters cannot be read, so that a small file can be one too many."""
    before = csv.field_size_limit(1_000)
    yield
    csv.field_size_limit(before)
