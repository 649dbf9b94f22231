"""Columns of texts, as numpy holds them."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Texts = NDArray[np.object_]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


def there(column: Texts) -> Flags:
    """Which of the texts are there: not None."""
    found: Flags = np.fromiter((text is not None for text in column), bool, len(column))
    return found


def texts_of(values: Iterable[str | None]) -> Texts:
    """Texts as a column."""
    listed = list(values)
    made: Texts = np.empty(len(listed), object)
    made[:] = listed
    return made


def alike(text: str, count: int) -> Texts:
    """The same text so many times."""
    return texts_of([text] * count)


def texts(numbers: Numbers) -> Texts:
    """Numbers as plain digits."""
    return numbers.astype(str).astype(object)


def days(day: Numbers) -> Texts:
    """ISO dates of days since 1 January 1970."""
    return day.astype("datetime64[D]").astype(str).astype(object)


def times(count: int, rng: np.random.Generator) -> Texts:
    """Times of day, HH:MM."""
    minutes = rng.integers(0, 24 * 12, count) * 5
    return texts_of(f"{minute // 60:02d}:{minute % 60:02d}" for minute in minutes.tolist())
