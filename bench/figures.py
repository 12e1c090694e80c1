"""Medians, ranges and verdicts. Pure."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest rank; 0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


@dataclass(frozen=True, slots=True)
class Target:
    """``of``: what the value is compared with, as a ratio; empty when the value itself is."""

    sign: Literal["≥", "≤"]
    limit: float
    of: str = ""

    def is_reached(self, value: float) -> bool:
        return value >= self.limit if self.sign == "≥" else value <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One line of the result. Lists have one value per run; run by run they belong together."""

    line: str
    work: str
    unit: str
    values: list[float]
    target: Target | None = None
    references: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    details: list[str] = field(default_factory=list[str])

    def ratios(self, reference: str) -> list[float]:
        return [value / other if other else 0.0 for value, other in zip(self.values, self.references[reference], strict=True)]

    @property
    def compared(self) -> list[float]:
        """What the target is about: the values, or their ratios to the reference it names."""
        return self.ratios(self.target.of) if self.target and self.target.of else self.values

    @property
    def is_reached(self) -> bool | None:
        return self.target.is_reached(statistics.median(self.compared)) if self.target else None


def median_and_range(values: Sequence[float]) -> str:
    middle = shown(statistics.median(values))
    return middle if len(values) == 1 else f"{middle} ({shown(min(values))} to {shown(max(values))})"


def shown(value: float) -> str:
    """Three figures are more than a shared machine can promise."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
