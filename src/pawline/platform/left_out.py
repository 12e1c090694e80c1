"""Libraries that others load for no better reason than that they are installed."""

import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def left_out(name: str) -> Generator[None]:
    """Whoever imports it within the block finds it missing, unless it is loaded already."""
    is_loaded = name in sys.modules
    if not is_loaded:
        # What the import system reads as "not there".
        sys.modules[name] = None  # pyright: ignore[reportArgumentType]
    try:
        yield
    finally:
        if not is_loaded:
            del sys.modules[name]
