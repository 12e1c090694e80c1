"""Password hashing made cheap: hundreds of sign-ins in the tests are about everything else."""

from collections.abc import Generator

import pytest
from argon2 import PasswordHasher

from pawline.sign_in import passwords


@pytest.fixture(scope="module", autouse=True)
def quick_passwords() -> Generator[None]:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", quick)
        patch.setattr(passwords, "_NOBODY", quick.hash("a password that nobody has"))
        yield
