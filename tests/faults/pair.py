"""Two web processes on one database, and what carries hints between them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.faults.web import WebProcess


@dataclass(frozen=True, slots=True)
class Pair:
    """``cut`` ends the connections on which they listen to each other; they notice, and come back."""

    one: WebProcess
    other: WebProcess
    cut: Callable[[], Awaitable[object]]
