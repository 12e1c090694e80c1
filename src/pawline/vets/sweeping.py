"""What nobody has answered within its time is over."""

from sqlalchemy import update

from pawline.families.asking import expire_asked
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.vets.models import VetInvitation


async def sweep_vets(database: Database) -> None:
    over = update(VetInvitation).where(  # tenancy: over all practices; it reads nothing and ends only what has expired
        VetInvitation.state == "invited", VetInvitation.expires_at <= clock.now()
    )
    async with database.transaction() as uow:
        await uow.execute(over.values(state="expired"))
        await expire_asked(uow)
