"""Ids that are the same at every fill with the same clock, and sort by time as all ids do."""

from datetime import datetime
from random import Random
from uuid import UUID


class Ids:
    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def at(self, moment: datetime) -> UUID:
        """A UUIDv7 (RFC 9562, 5.7) of that millisecond."""
        milliseconds = int(moment.timestamp() * 1000)
        version, variant = 7, 2
        fields = milliseconds << 80 | version << 76 | self._rng.getrandbits(12) << 64 | variant << 62 | self._rng.getrandbits(62)
        return UUID(int=fields)

    def loose(self) -> UUID:
        """A random one, as browsers make them for their own messages."""
        return UUID(int=self._rng.getrandbits(128), version=4)
