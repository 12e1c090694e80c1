"""What the generator is asked to do, and what it saw. Both travel as one line of JSON."""

from typing import Literal

import msgspec

MARKER = "<marker>"
CLIENT_ID = "<client_id>"


class Listener(msgspec.Struct, frozen=True):
    """``is_other``: the screen of somebody else than the sender, at which arrival is timed."""

    path: str
    cookie: str = ""
    is_other: bool = True


class Job(msgspec.Struct, frozen=True):
    """``requests`` are whole HTTP requests. In a post ``<client_id>`` becomes a new id and ``<marker>`` 12 digits in the body.

    closed: each request has a connection of its own, on which it is sent again as soon as it is answered.
    in_turn: all requests, one after the other, on one connection.
    open: ``rate`` requests a second by the clock, whether answers come or not.
    fanout: the first request is sent again as soon as all listeners have all but the last frame.
    idle: only the listeners; they stay until the generator's input ends.
    """

    kind: Literal["closed", "in_turn", "open", "fanout", "idle"]
    port: int
    seconds: float
    requests: list[str] = []
    listeners: list[Listener] = []
    rate: float = 0
    server_pid: int = 0
    """Whose CPU to measure over the same seconds; that of PostgreSQL is its children's."""
    postgres_pid: int = 0


class Latency(msgspec.Struct, frozen=True):
    count: int
    p50_ms: float
    p99_ms: float


class Seen(msgspec.Struct, frozen=True):
    seconds: float
    generator_cpu_seconds: float
    server_cpu_seconds: float
    postgres_cpu_seconds: float
    done: int
    failed: int
    frames: int
    answers: Latency
    arrivals: Latency

    @property
    def per_second(self) -> float:
        return self.done / self.seconds

    @property
    def frames_per_second(self) -> float:
        return self.frames / self.seconds

    @property
    def generator_cpu(self) -> float:
        """Share of one core."""
        return self.generator_cpu_seconds / self.seconds
