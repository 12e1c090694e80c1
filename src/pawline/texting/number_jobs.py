"""The jobs around text numbers, as the worker knows them."""

from uuid import UUID

import structlog

from pawline.carriers.interface import CarrierFailed
from pawline.platform.jobs import Job
from pawline.texting.assigning import assign_number_now, waiting_requests
from pawline.texting.desk import TextingDesk
from pawline.texting.numbers import ASSIGN_TASK
from pawline.texting.toll_free import SUBMIT_TASK, pending_verifications, read_verdict_now, submit_form_now

LOOK_AFTER_TASK, LOOK_AFTER_CRON = "look_after_numbers", "*/5 * * * *"
_log = structlog.get_logger()


class NumberJobs:
    def __init__(self, desk: TextingDesk) -> None:
        self._desk = desk

    def by_name(self) -> dict[str, Job]:
        return {ASSIGN_TASK: self.assign, SUBMIT_TASK: self.submit_form}

    def periodic(self) -> dict[str, tuple[str, Job]]:
        return {LOOK_AFTER_TASK: (LOOK_AFTER_CRON, self.look_after_numbers)}

    async def assign(self, practice_id: str, number_id: str) -> None:
        await assign_number_now(self._desk, UUID(practice_id), UUID(number_id))

    async def submit_form(self, practice_id: str, number_id: str) -> None:
        await submit_form_now(self._desk, UUID(practice_id), UUID(number_id))

    async def look_after_numbers(self) -> None:
        """Go on with every request that waits for the carrier, and ask for the verdicts that are due."""
        async with self._desk.database.transaction() as uow:
            waiting, pending = await waiting_requests(uow), await pending_verifications(uow)
        for request in waiting:
            await assign_number_now(self._desk, request.practice_id, request.id)
        for number in pending:
            try:
                await read_verdict_now(self._desk, number.practice_id, number.id)
            except CarrierFailed as error:
                _log.warning("verdict_not_read", number_id=str(number.id), error=str(error))
