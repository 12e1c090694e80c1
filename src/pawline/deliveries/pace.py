"""How long things take on the way to the carrier."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """All in seconds, save the counts. Tests take shorter ones."""

    poll: float = 1.0
    # What a dead worker held is free again within 30 seconds: a lease, and the sweep that follows it.
    lease: float = 15
    # One call to a carrier. Its lease is longer, so that only a worker that is dead or frozen outlives it.
    longest_call: float = 22
    call_lease: float = 27
    sweep: float = 2
    # From 5 seconds to a quarter of an hour between two tries, for four hours: an answer that is later helps nobody.
    shortest_wait: float = 5
    longest_wait: float = 15 * 60
    give_up_after: float = 4 * 3600
    # A receipt comes within seconds, or proves nothing by staying away; the carrier's own list follows behind a little.
    receipt_wait: float = 120
    search_wait: float = 60
    searches: int = 2
    circuit_pause: float = 30
    circuit_failures: int = 5
    # Claims that came to no end, each by a worker that died or froze.
    most_claims: int = 8
    at_once: int = 32
    # What is under way at a stop is given so long to end.
    farewell: float = 25

    def hurried(self, times: int) -> "Pace":
        """The same so many times faster; the counts stay."""
        seconds = [each.name for each in fields(self) if each.type is float]
        return replace(self, **{name: getattr(self, name) / times for name in seconds})
