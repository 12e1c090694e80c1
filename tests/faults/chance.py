"""Chance that can be had again: a run that fails is replayed by its seed."""

import os
from random import Random, SystemRandom

SEED = "PAWLINE_FAULTS_SEED"
SENDERS = "PAWLINE_FAULTS_SENDERS"


def choose_seed() -> int:
    return int(os.environ.get(SEED) or SystemRandom().randrange(10**9))


def choose_senders() -> int:
    """Two thousand, unless a small machine is asked for less."""
    return int(os.environ.get(SENDERS) or 2_000)


def random_from(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - it has to be predictable
