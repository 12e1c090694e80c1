"""Weather: everything that can go wrong between a carrier and its user, as shares of what happens, from one seeded source."""

from collections.abc import Mapping
from random import Random
from typing import Annotated, Any

import msgspec

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=3600)]


class Weather(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``speed``: how much faster than real phone networks texts move; 1 is as real.

    ``duplicate_times``: how often a duplicated receipt comes in all. ``wrong_signatures``: a forged copy goes before the
    genuine request, so that nothing gets lost by it. ``lost_hook_answers``: the product's answer does not reach us, and the
    same request comes again.
    """

    latency_seconds: Seconds = 0
    latency_jitter_seconds: Seconds = 0
    lost_answers: Share = 0
    errors_before: Share = 0
    errors_after: Share = 0
    too_many: Share = 0
    retry_after_seconds: Annotated[int, msgspec.Meta(ge=0, le=3600)] = 1
    duplicate_receipts: Share = 0
    duplicate_times: Annotated[int, msgspec.Meta(ge=2, le=100)] = 2
    reordered_receipts: Share = 0
    late_receipts: Share = 0
    late_receipts_seconds: Seconds = 5
    missing_receipts: Share = 0
    wrong_signatures: Share = 0
    lost_hook_answers: Share = 0
    speed: Annotated[float, msgspec.Meta(gt=0, le=10_000)] = 1
    seed: int = 1


CALM = Weather()
WORST = Weather(
    latency_seconds=0.1,
    latency_jitter_seconds=0.4,
    lost_answers=0.05,
    errors_before=0.1,
    errors_after=0.05,
    too_many=0.1,
    duplicate_receipts=0.3,
    duplicate_times=3,
    reordered_receipts=0.3,
    late_receipts=0.2,
    late_receipts_seconds=3,
    missing_receipts=0.05,
    wrong_signatures=0.1,
    lost_hook_answers=0.2,
)
PRESETS: Mapping[str, Weather] = {"calm": CALM, "worst": WORST}


class Sky:
    """The weather now, and the one source of chance."""

    def __init__(self, seed: int) -> None:
        self._seed_at_start = seed
        self.weather = Weather(seed=seed)
        self._random = _source(seed)

    def change(self, values: Mapping[str, Any]) -> Weather:
        """Only what is named changes. Naming a seed starts its row of chances afresh.

        Raises:
            msgspec.ValidationError: as its text says.
        """
        self.weather = msgspec.convert({**msgspec.structs.asdict(self.weather), **values}, Weather)
        if "seed" in values:
            self._random = _source(self.weather.seed)
        return self.weather

    def clear_up(self) -> None:
        self.weather = Weather(seed=self._seed_at_start)
        self._random = _source(self._seed_at_start)

    def happens(self, share: float) -> bool:
        return share > 0 and self._random.random() < share

    def latency(self) -> float:
        return self.weather.latency_seconds + self._random.uniform(0, 1) * self.weather.latency_jitter_seconds

    def scaled(self, seconds: float) -> float:
        return seconds / self.weather.speed


def _source(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - weather is to be repeatable, not secret
