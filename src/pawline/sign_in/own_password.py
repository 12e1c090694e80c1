"""One's own password once more, before what an open screen alone must not be enough for."""

from sqlalchemy import text

from pawline.platform.actor import Actor
from pawline.platform.errors import SignInFailed
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.lockout import Try
from pawline.sign_in.passwords import is_password

_PASSWORD = text("SELECT m.password_hash FROM staff_member m WHERE m.practice_id = :practice_id AND m.id = :id")


async def require_own_password(desk: SignInDesk, actor: Actor, password: str) -> None:
    """
    Raises:
        SignInFailed: it is not this staff member's password.
        TooManyRequests: locked for a while.
    """
    # By the session and not by its address, which the whole front desk shares.
    attempt = Try(account=f"unlock {actor.person_id}", address=f"session {actor.session_id}", crowd="staff")
    await desk.lockout.count(attempt)
    async with desk.database.transaction() as uow:
        password_hash = (await uow.execute(_PASSWORD, {"practice_id": actor.practice_id, "id": actor.person_id})).scalar_one()
    if not await is_password(password, password_hash):
        raise SignInFailed("This is not your password.")
    await desk.lockout.forgive(attempt)
