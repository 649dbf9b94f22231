"""Python's collector of what nobody holds any more, which looks at everything that is new again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Make very many things that stay, without the collector's looking through them for some that do not."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
