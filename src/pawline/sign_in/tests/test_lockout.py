import asyncio
from uuid import uuid4

import pytest

from pawline.platform.errors import TooManyRequests
from pawline.sign_in.lockout import MOST_BY_ACCOUNT, MOST_BY_ADDRESS, Lockout, Try
from tests.product import Product


@pytest.fixture
def lockout(product: Product) -> Lockout:
    return Lockout(product.settings, product.database)


async def passes(lockout: Lockout, account: str, address: str) -> bool:
    try:
        await lockout.count(Try(account, address))
    except TooManyRequests:
        return False
    return True


async def test_tries_made_at_the_same_moment_cannot_outrun_the_limit(lockout: Lockout) -> None:
    tries = await asyncio.gather(*(passes(lockout, "nora", f"192.0.2.{number}") for number in range(MOST_BY_ACCOUNT * 3)))

    assert MOST_BY_ACCOUNT == tries.count(True)
    assert await passes(lockout, "vane", "192.0.2.1")


async def test_an_account_of_ones_own_buys_no_more_tries_at_others(lockout: Lockout) -> None:
    """Signing in to it now and then must not wash the address clean."""
    guesses = 0
    for number in range(2 * MOST_BY_ADDRESS):
        guesses += await passes(lockout, f"somebody {number}", "192.0.2.7")
        if await passes(lockout, "ones own", "192.0.2.7"):
            await lockout.forgive(Try("ones own", "192.0.2.7"))

    assert MOST_BY_ADDRESS == guesses


async def test_a_whole_team_may_sign_in_from_one_address(lockout: Lockout) -> None:
    for number in range(MOST_BY_ADDRESS + 5):
        assert await passes(lockout, f"member {number}", "192.0.2.8")
        await lockout.forgive(Try(f"member {number}", "192.0.2.8"))


async def test_a_waiting_room_may_sign_in_from_one_address(lockout: Lockout) -> None:
    """Each owner asks for a code and brings it back; none of it was a failed try."""
    for number in range(MOST_BY_ADDRESS + 5):
        assert await passes(lockout, f"code {number}", "192.0.2.9")
        assert await passes(lockout, f"attempt {number}", "192.0.2.9")
        await lockout.forgive(Try(f"attempt {number}", "192.0.2.9"), steps=2)


async def test_owners_who_fail_do_not_lock_out_the_team(lockout: Lockout) -> None:
    """The clinic's Wi-Fi is one address for both."""
    while await passes(lockout, f"code {uuid4()}", "192.0.2.10"):
        pass
    await lockout.count(Try("nora", "192.0.2.10", crowd="staff"))

    assert not await passes(lockout, "olive", "192.0.2.10")
