"""The jobs side, put together: with app.py the only file that may import everything."""

import asyncio
from contextlib import AsyncExitStack
from functools import partial

from pawline.carriers.registry import build_carriers
from pawline.deliveries.dispatching import Dispatcher
from pawline.deliveries.exchanges import exchange_recorder, forget_exchanges
from pawline.deliveries.pace import Pace
from pawline.inbox.out_of_sight import keep_returning
from pawline.inbox.snoozing import wake_due
from pawline.joining.mails import JoiningMails
from pawline.joining.sweeping import sweep_joining
from pawline.moderation.family_erasing import erasing_jobs, erasing_sweeps
from pawline.notifications.bounces import COUNT_TASK, count_bounce_now
from pawline.notifications.sign_in_mails import SignInMails
from pawline.notifications.staff_refusal_mails import StaffRefusalMails
from pawline.notifications.telling import tell_people
from pawline.passkeys.sweeping import sweep_passkeys
from pawline.payments.jobs import close_checkout_now, expire_requests
from pawline.platform.arriving import clear_arriving
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.idempotency import sweep_answers
from pawline.platform.jobs import Job, work
from pawline.platform.listening import Ear, listen
from pawline.platform.peers import TEXTS, Peers, line_set_in
from pawline.platform.repeating import cancelled, until_one_ends
from pawline.platform.settings import Settings
from pawline.sign_in.sweeping import sweep_sign_in
from pawline.team.mails import AddressMails
from pawline.team.sweeping import sweep_team
from pawline.texting.desk import TextingDesk
from pawline.texting.media_in import MEDIA_TASK, MediaFetcher, give_up_media
from pawline.texting.number_jobs import NumberJobs
from pawline.texting.receiving import LATER_TASK, process_inbound_text_now
from pawline.threads.answer_times import measure_reply_times
from pawline.threads.entries import touch_message
from pawline.threads.keeping import Workbench
from pawline.threads.media.process import MediaProcessor
from pawline.threads.payment_rows import CLOSE_TASK
from pawline.threads.portraits import FORGET_TASK, forget_portrait_now
from pawline.threads.sweeping import sweeps
from pawline.vets.invitations import MAIL_TASK as VET_MAIL_TASK
from pawline.vets.mails import VetMails
from pawline.vets.sweeping import sweep_vets


async def run_worker(database_url: str, settings: Settings) -> None:
    """The jobs side, until cancelled."""
    clear_arriving(settings.data)
    database = Database(database_url, connections=8)
    carriers = build_carriers(settings, lambda name: exchange_recorder(database, name))
    texting = TextingDesk(settings, database, carriers)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        for carrier in carriers.values():
            stack.push_async_callback(carrier.close)
        workshop = Workbench(FileStore(settings.files_url), await stack.enter_async_context(MediaProcessor()))
        teller = Peers(database_url, receive=lambda _: None, resync=lambda: None, line=line_set_in(settings, database_url))
        # Whatever a worker before this one did not get to tell, the screens ask for.
        teller.is_in_doubt = True
        database.publish_with(teller.tell, teller.doubt)
        dispatcher = Dispatcher(database, carriers, touch_message, settings=settings, pace=Pace().hurried(settings.hurry))
        lookers = (dispatcher.run(), tell_people(settings, database), keep_returning(database))
        ear = Ear(channel=TEXTS, name="pawline texts", hear=lambda _: dispatcher.wake())
        tasks = [asyncio.create_task(each) for each in (teller.run(listens=False), listen(database_url, ear), *lookers)]
        for task in tasks:
            stack.push_async_callback(cancelled, task)
        jobs = work(database_url, _jobs(settings, texting, workshop), periodic=_periodic(texting, workshop))
        await until_one_ends(asyncio.create_task(jobs), tasks)


def _jobs(settings: Settings, texting: TextingDesk, workshop: Workbench) -> dict[str, Job]:
    return {
        **JoiningMails(settings, texting.database).by_name(),
        VET_MAIL_TASK: VetMails(settings, texting.database).send_vet_invitation_mail_now,
        **SignInMails(settings, texting.database).by_name(),
        **AddressMails(settings, texting.database).by_name(),
        **StaffRefusalMails(settings, texting.database).by_name(),
        COUNT_TASK: count_bounce_now,
        CLOSE_TASK: partial(close_checkout_now, settings),
        FORGET_TASK: partial(forget_portrait_now, workshop.files),
        **erasing_jobs(texting.database, workshop.files, settings.data),
        MEDIA_TASK: MediaFetcher(texting, workshop).fetch_inbound_media_now,
        LATER_TASK: partial(process_inbound_text_now, texting),
        **NumberJobs(texting).by_name(),
    }


def _periodic(texting: TextingDesk, workshop: Workbench) -> dict[str, tuple[str, Job]]:
    database = texting.database
    return {
        "sweep_answers": ("31 3 * * *", lambda: sweep_answers(database)),
        "sweep_sign_in": ("7 * * * *", lambda: sweep_sign_in(database)),
        "sweep_joining": ("17 * * * *", lambda: sweep_joining(database)),
        "sweep_team": ("29 * * * *", lambda: sweep_team(database)),
        "sweep_passkeys": ("13 * * * *", lambda: sweep_passkeys(database)),
        "sweep_vets": ("19 * * * *", lambda: sweep_vets(database)),
        "forget_exchanges": ("23 * * * *", lambda: forget_exchanges(database)),
        "measure_reply_times": ("41 * * * *", lambda: measure_reply_times(database)),
        "expire_payment_requests": ("*/10 * * * *", lambda: expire_requests(database)),
        "wake_snoozed": ("* * * * *", lambda: wake_due(database)),
        **erasing_sweeps(database, workshop.files, texting.settings.data),
        "give_up_media": ("*/10 * * * *", lambda: give_up_media(database)),
        **sweeps(database, workshop.files),
        **NumberJobs(texting).periodic(),
    }
